package io.lipdrop.sync.warp.own;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import io.lipdrop.sync.pixel.Quantiles;
import io.lipdrop.sync.voice.MouthShape;
import io.lipdrop.sync.warp.person.OwnLook;
import io.lipdrop.sync.warp.shape.LipCurves;
import java.util.List;

/**
 * How wide the mouth is at rest, how far it spreads and rounds, and how thick its lips are, as the looks of one shot show it: another shot
 * may show another person.
 */
final class OwnRange {
    /** Maximum by which a mouth goes beyond the narrowest and the widest look. */
    private static final float BEYOND = 0.03f;
    /** Mouths open by less are nearly closed; this many of them are needed to know the mouth at rest. */
    private static final float NEARLY_SHUT = 0.03f;

    private static final int ENOUGH = 5;
    /** The parts of the looks that lie below the narrowest and the widest that count, and below the thickness of pressed lips; by eye. */
    private static final float NARROWEST = 0.02f;

    private static final float WIDEST = 0.98f;
    private static final float PRESSED = 0.1f;
    private static final float MEDIAN = 0.5f;

    final int shot;
    private final float rest;
    /** The same as {@link LipCurves#width} counts it. */
    final float restLips;

    private final float least;
    private final float most;
    private final float thick;
    private final float thin;

    OwnRange(int shot, List<OwnLook> all) {
        this.shot = shot;
        List<OwnLook> looks = all.stream().filter(look -> look.shot == shot).toList();
        List<OwnLook> shut =
                looks.stream().filter(look -> look.opening < NEARLY_SHUT).toList();
        List<OwnLook> atRest = shut.size() < ENOUGH ? looks : shut;
        rest = Quantiles.of(atRest, look -> look.width, MEDIAN);
        restLips = Quantiles.of(atRest, look -> look.lips.width(), MEDIAN);
        least = Quantiles.of(looks, look -> look.width, NARROWEST) - BEYOND;
        most = Quantiles.of(looks, look -> look.width, WIDEST) + BEYOND;
        thick = Quantiles.of(looks, look -> look.thickness, MEDIAN);
        thin = Quantiles.of(atRest, look -> look.thickness, PRESSED);
    }

    /** The width that a shape asks of this mouth, corner to corner. */
    float width(MouthShape shape) {
        return clamp(rest + shape.width(), least, most);
    }

    /** How thick both lips together are then: pressed ones are thin. */
    float thickness(MouthShape shape) {
        return thick + shape.press() * Math.min(0, thin - thick);
    }
}
