package io.lipdrop.sync.face;

import static io.lipdrop.sync.pixel.Scalars.lerp;

import io.lipdrop.media.frame.Frame;
import java.util.Arrays;

/** Tells from a coarse look at the luma whether a frame belongs to another scene than the one before. One clip, in order. */
final class SceneCut {
    private static final int COLUMNS = 16;
    private static final int ROWS = 12;
    /** Samples along each side of a cell; their mean changes little when things move within it. */
    private static final int SAMPLES = 4;
    /** Mean absolute change of luma, of 255, that motion inside one scene hardly reaches in 1/25 s. */
    private static final float SUDDEN = 16;

    /** A cut changes this many times as much as usual; by eye. */
    private static final float SUDDEN_PER_USUAL = 3;

    private static final float FIRST_GUESS = 4;
    /** How fast the usual change is followed; by eye. */
    private static final float FOLLOWING = 0.2f;

    private float[] previous = new float[COLUMNS * ROWS];
    private float[] current = new float[COLUMNS * ROWS];
    private float usual = FIRST_GUESS;
    private boolean started;

    boolean before(Frame frame) {
        look(frame);
        float change = 0;
        for (int i = 0; i < current.length; i++) {
            change += Math.abs(current[i] - previous[i]);
        }
        change /= current.length;
        float[] swap = previous;
        previous = current;
        current = swap;
        boolean cut = started && change > SUDDEN && change > SUDDEN_PER_USUAL * usual;
        usual = started && !cut ? lerp(usual, change, FOLLOWING) : FIRST_GUESS;
        started = true;
        return cut;
    }

    private void look(Frame frame) {
        byte[] data = frame.data();
        Arrays.fill(current, 0);
        for (int row = 0; row < ROWS * SAMPLES; row++) {
            int y = (2 * row + 1) * frame.height() / (2 * ROWS * SAMPLES);
            for (int column = 0; column < COLUMNS * SAMPLES; column++) {
                int x = (2 * column + 1) * frame.width() / (2 * COLUMNS * SAMPLES);
                int luma = data[frame.lumaOffset() + y * frame.width() + x] & 255;
                current[row / SAMPLES * COLUMNS + column / SAMPLES] += luma / (float) (SAMPLES * SAMPLES);
            }
        }
    }
}
