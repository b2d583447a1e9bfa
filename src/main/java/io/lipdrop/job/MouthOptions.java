package io.lipdrop.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How mouths are drawn; every value may be missing.
 *
 * @param own whether mouth images from elsewhere in the clip may be used
 * @param strength how far the mouth opens and spreads, over what suits the person: {@link #MIN_STRENGTH} to {@link
 *     #MAX_STRENGTH}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MouthOptions(@Nullable Boolean own, @Nullable Double strength) {
    public static final double MIN_STRENGTH = 0.3;
    public static final double MAX_STRENGTH = 1.5;

    static final MouthOptions DEFAULTS = new MouthOptions(true, 1.0);

    /** These options; missing values are taken from the others. */
    MouthOptions over(MouthOptions others) {
        return new MouthOptions(own != null ? own : others.own, strength != null ? strength : others.strength);
    }

    /** Whether the strength is missing or in range. */
    public boolean canBeDrawn() {
        return strength == null || (strength >= MIN_STRENGTH && strength <= MAX_STRENGTH);
    }
}
