package io.lipdrop.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How mouths are drawn; every value may be absent.
 *
 * @param own whether mouths that the person makes elsewhere in the clip may be shown
 * @param strength how far the mouth opens and spreads, over what suits the person: {@link #MIN_STRENGTH} to {@link
 *     #MAX_STRENGTH}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MouthOptions(@Nullable Boolean own, @Nullable Double strength) {
    public static final double MIN_STRENGTH = 0.3;
    public static final double MAX_STRENGTH = 1.5;

    static final MouthOptions DEFAULTS = new MouthOptions(true, 1.0);

    /** These options, and where they say nothing, the others. */
    MouthOptions over(MouthOptions others) {
        return new MouthOptions(own != null ? own : others.own, strength != null ? strength : others.strength);
    }

    /** Whether the strength, if there is one, is one that a mouth can be drawn with. */
    public boolean canBeDrawn() {
        return strength == null || (strength >= MIN_STRENGTH && strength <= MAX_STRENGTH);
    }
}
