package io.lipdrop.sync.warp.person;

import static io.lipdrop.sync.warp.person.MouthTexture.COLUMNS;
import static io.lipdrop.sync.warp.person.MouthTexture.ROWS;
import static io.lipdrop.sync.warp.person.MouthTexture.ROW_STEP;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.pixel.Histogram;
import io.lipdrop.sync.pixel.Levels;
import io.lipdrop.sync.pixel.Samples;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.LipCurves;

/** Takes the inner mouth from a frame. Lengths are in units of {@link FaceAxes}; the numbers are set by eye. */
final class MouthCapture {
    /** Kept away from the lips' edges, so that no lip is taken for mouth. */
    private static final float RIM = 0.007f;
    /** Lips blur into the mouth over about this many pixels. */
    private static final float BLUR = 0.8f;
    /** Where the mouth is less open than this its corners begin. */
    private static final float OPEN = 0.02f;

    /** A mouth as open as this shows itself well enough to be kept even without teeth. */
    private static final float WIDE = 0.12f;
    /** Teeth are brighter than lips by this part of the skin's brightness. */
    private static final float DISTINCT = 0.2f;

    /** The cavity is as bright as the mouth is at this quantile of its luma, the teeth as it is at the second. */
    private static final float DARK_PART = 0.15f;

    private static final float BRIGHT_PART = 0.9f;

    private final Histogram histogram = new Histogram();
    private final BiteLine bite = new BiteLine();

    /**
     * Fills {@code into} from a frame.
     *
     * @return whether enough is seen to go by: a mouth that is hardly open is mostly the shade of its lips, unless teeth stand out from
     *     them
     */
    boolean take(MouthTexture into, Frame frame, FaceAxes axes, LipCurves lips, SkinTone skin) {
        into.skinLuma = Math.max(1, skin.luma - Levels.BLACK);
        float rim = Math.max(RIM, BLUR / axes.unit);
        findEdges(into, lips, rim);
        findCorners(into);
        copy(into, frame, axes, lips.middle);
        bite.find(into, histogram.quantile(DARK_PART), histogram.quantile(BRIGHT_PART));
        float lipsOverSkin = (skin.lipLuma - Levels.BLACK) / into.skinLuma;
        return into.gap(MouthTexture.MIDDLE) + 2 * rim > WIDE || into.teethOverSkin > lipsOverSkin + DISTINCT;
    }

    private static void findEdges(MouthTexture into, LipCurves lips, float rim) {
        into.top = Float.MAX_VALUE;
        for (int i = 0; i < COLUMNS; i++) {
            float offset = MouthTexture.offset(i);
            into.upper[i] = lips.upperInner.value(offset) + rim;
            into.lower[i] = lips.lowerInner.value(offset) - rim;
            into.top = Math.min(into.top, into.upper[i]);
        }
        into.top -= ROW_STEP;
    }

    private static void findCorners(MouthTexture into) {
        int first = MouthTexture.MIDDLE - 1;
        while (first > 0 && into.gap(first - 1) > OPEN) {
            first--;
        }
        int last = MouthTexture.MIDDLE;
        while (last < COLUMNS - 2 && into.gap(last + 1) > OPEN) {
            last++;
        }
        into.firstOpen = first;
        into.lastOpen = last;
    }

    private void copy(MouthTexture into, Frame frame, FaceAxes axes, float middle) {
        histogram.clear();
        for (int row = 0; row < ROWS; row++) {
            float v = into.top + row * ROW_STEP;
            for (int i = 0; i < COLUMNS; i++) {
                float u = middle + MouthTexture.offset(i);
                int at = row * COLUMNS + i;
                float x = axes.x(u, v);
                float y = axes.y(u, v);
                into.luma[at] = Samples.at(frame, 0, x, y);
                into.cb[at] = Samples.at(frame, 1, x, y);
                into.cr[at] = Samples.at(frame, 2, x, y);
                if (v > into.upper[i] && v < into.lower[i]) {
                    histogram.add(into.luma[at]);
                }
            }
        }
    }
}
