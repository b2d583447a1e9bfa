package io.lipdrop.sync.warp;

import io.lipdrop.media.Frame;
import io.lipdrop.sync.face.Face;
import java.util.Arrays;

/** How the light falls on this person's skin near the mouth, followed slowly through the clip. */
final class SkinTone {
    /** Cheeks beside the mouth, chin, below the nose. */
    private static final int[] PLACES = {205, 425, 50, 280, 199, 164, 207, 427};

    private static final float FOLLOWING = 0.05f;

    private final float[] lumas = new float[PLACES.length];

    float luma;
    float cb;
    float cr;
    private boolean known;

    void look(Frame frame, Face face) {
        float cbSum = 0;
        float crSum = 0;
        int count = 0;
        for (int place : PLACES) {
            int x = Math.round(face.x(place));
            int y = Math.round(face.y(place));
            if (x < 0 || y < 0 || x >= frame.width() || y >= frame.height()) {
                continue;
            }
            byte[] data = frame.data();
            int chroma = y / 2 * (frame.width() / 2) + x / 2;
            lumas[count++] = data[frame.lumaOffset() + y * frame.width() + x] & 255;
            cbSum += data[frame.cbOffset() + chroma] & 255;
            crSum += data[frame.crOffset() + chroma] & 255;
        }
        if (count == 0) {
            return;
        }
        Arrays.sort(lumas, 0, count);
        follow(lumas[count / 2], cbSum / count, crSum / count);
    }

    private void follow(float newLuma, float newCb, float newCr) {
        float part = known ? FOLLOWING : 1;
        luma += part * (newLuma - luma);
        cb += part * (newCb - cb);
        cr += part * (newCr - cr);
        known = true;
    }
}
