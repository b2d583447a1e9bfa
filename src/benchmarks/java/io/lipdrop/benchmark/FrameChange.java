package io.lipdrop.benchmark;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import org.jspecify.annotations.Nullable;

/** How much the luma round the mouth changes from one frame to the next. */
final class FrameChange {
    private static final int UPPER_LIP = 13;
    /** The box reaches so far from the upper lip's middle, over the distance of the eyes. */
    private static final float SIDES = 0.45f;

    private static final float UP = 0.25f;
    private static final float DOWN = 0.6f;

    private byte @Nullable [] before;
    private double sum;
    private long pixels;

    /** Frames without a face are left out, and so is the change to the one after. */
    void see(Frame frame, @Nullable Face face) {
        byte[] luma = before;
        if (face == null) {
            before = null;
            return;
        }
        if (luma != null) {
            add(frame, luma, face);
        } else {
            luma = new byte[frame.width() * frame.height()];
        }
        System.arraycopy(frame.data(), frame.lumaOffset(), luma, 0, luma.length);
        before = luma;
    }

    private void add(Frame frame, byte[] luma, Face face) {
        float eyes = face.eyeDistance();
        int left = Math.max(0, (int) (face.x(UPPER_LIP) - SIDES * eyes));
        int right = Math.min(frame.width(), (int) (face.x(UPPER_LIP) + SIDES * eyes));
        int top = Math.max(0, (int) (face.y(UPPER_LIP) - UP * eyes));
        int bottom = Math.min(frame.height(), (int) (face.y(UPPER_LIP) + DOWN * eyes));
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int at = y * frame.width() + x;
                sum += Math.abs((frame.data()[frame.lumaOffset() + at] & 0xff) - (luma[at] & 0xff));
                pixels++;
            }
        }
    }

    double mean() {
        return sum / Math.max(1, pixels);
    }
}
