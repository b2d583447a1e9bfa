package io.lipdrop.benchmark;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;

/**
 * How equal two frames are where nothing may change: everywhere but in a box from the nose tip down, as wide as the
 * face's surroundings.
 */
final class OutsideTheMouth {
    private static final int NOSE_TIP = 4;
    private static final double SURROUNDINGS = 1.5;
    private static final double LEAST_ERROR = 1e-3;

    private final int left;
    private final int right;
    private final int top;
    private final int bottom;

    OutsideTheMouth(Face face) {
        float[] box = {Float.MAX_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
        for (int i = 0; i < Face.POINTS; i++) {
            box[0] = Math.min(box[0], face.x(i));
            box[1] = Math.min(box[1], face.y(i));
            box[2] = Math.max(box[2], face.x(i));
            box[3] = Math.max(box[3], face.y(i));
        }
        double size = SURROUNDINGS * Math.max(box[2] - box[0], box[3] - box[1]);
        left = (int) ((box[0] + box[2]) / 2 - size / 2);
        right = (int) ((box[0] + box[2]) / 2 + size / 2);
        top = (int) face.y(NOSE_TIP);
        bottom = (int) ((box[1] + box[3]) / 2 + size * 0.55);
    }

    /** Peak signal-to-noise ratio in decibels over red, green and blue (BT.601, limited range); 78 when equal. */
    double psnr(Frame a, Frame b) {
        double sum = 0;
        long pixels = 0;
        for (int y = 0; y < a.height(); y++) {
            for (int x = 0; x < a.width(); x++) {
                if (y >= top && y < bottom && x >= left && x < right) {
                    x = right - 1;
                    continue;
                }
                sum += squaredError(a, b, x, y);
                pixels += 3;
            }
        }
        return 10 * Math.log10(255 * 255 / Math.max(pixels == 0 ? 0 : sum / pixels, LEAST_ERROR));
    }

    private static double squaredError(Frame a, Frame b, int x, int y) {
        int chroma = y / 2 * (a.width() / 2) + x / 2;
        double luma = 1.164 * difference(a, b, a.lumaOffset() + y * a.width() + x);
        int cb = difference(a, b, a.cbOffset() + chroma);
        int cr = difference(a, b, a.crOffset() + chroma);
        double red = luma + 1.596 * cr;
        double green = luma - 0.392 * cb - 0.813 * cr;
        double blue = luma + 2.017 * cb;
        return red * red + green * green + blue * blue;
    }

    private static int difference(Frame a, Frame b, int at) {
        return (a.data()[at] & 0xff) - (b.data()[at] & 0xff);
    }
}
