package io.lipdrop.sync.face;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.pixel.Levels;

/** The mean look of a small square of a frame; reused from place to place. */
final class SkinPatch {
    /** Samples are so far apart, in eye distances, along a square of so many. */
    private static final float APART = 0.025f;

    private static final int ALONG = 3;

    /** Above black. */
    float luma;

    float cb;
    float cr;

    /** Looks at the square round a point of the mesh; beyond the border of the frame its outermost pixels count. */
    void look(Frame frame, Face face, int point, float eyeDistance) {
        byte[] data = frame.data();
        int width = frame.width();
        float apart = APART * eyeDistance;
        int lumaSum = 0;
        int cbSum = 0;
        int crSum = 0;
        for (int i = 0; i < ALONG * ALONG; i++) {
            int column = pixel(face.x(point) + (i % ALONG - 1) * apart, width);
            int row = pixel(face.y(point) + (i / ALONG - 1) * apart, frame.height());
            int chroma = row / 2 * (width / 2) + column / 2;
            lumaSum += data[frame.lumaOffset() + row * width + column] & 255;
            cbSum += data[frame.cbOffset() + chroma] & 255;
            crSum += data[frame.crOffset() + chroma] & 255;
        }
        luma = (float) lumaSum / (ALONG * ALONG) - Levels.BLACK;
        cb = (float) cbSum / (ALONG * ALONG);
        cr = (float) crSum / (ALONG * ALONG);
    }

    private static int pixel(float value, int size) {
        return clamp((int) (value + 0.5f), 0, size - 1);
    }
}
