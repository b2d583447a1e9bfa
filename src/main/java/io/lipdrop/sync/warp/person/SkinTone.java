package io.lipdrop.sync.warp.person;

import static io.lipdrop.sync.pixel.Scalars.lerp;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.Landmarks;
import io.lipdrop.sync.pixel.Samples;
import java.util.Arrays;

/** How bright and of what colour this person's skin near the mouth and lips are, followed slowly through the clip. */
public final class SkinTone {
    /** Cheeks beside the mouth, chin, below the nose. */
    private static final int[] PLACES = {205, 425, 50, 280, 199, 164, 207, 427};

    /** How fast the light on the skin is followed, a frame; by eye. */
    private static final float FOLLOWING = 0.05f;
    /** Lip points nearer to a corner than this are not looked at: they lie in its shade. */
    private static final int FROM_CORNER = 3;

    private final float[] lumas = new float[PLACES.length];

    public float luma;
    public float cb;
    public float cr;
    public float lipLuma;
    public float lipCb;
    public float lipCr;
    private boolean known;

    /** The median luma of these places in one frame. */
    public static float lumaOf(Frame frame, Face face) {
        SkinTone tone = new SkinTone();
        tone.look(frame, face);
        return tone.luma;
    }

    /** Looks at the next frame of the clip; places outside it are left out. */
    public void look(Frame frame, Face face) {
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
        float part = known ? FOLLOWING : 1;
        luma = lerp(luma, lumas[count / 2], part);
        cb = lerp(cb, cbSum / count, part);
        cr = lerp(cr, crSum / count, part);
        lookAtLips(frame, face, part);
        known = true;
    }

    /** The middle of both lips, halfway between their edges. */
    private void lookAtLips(Frame frame, Face face, float part) {
        float lumaSum = 0;
        float cbSum = 0;
        float crSum = 0;
        int count = 0;
        for (int k = FROM_CORNER; k < Landmarks.LIP_ALONG - FROM_CORNER; k++) {
            for (int half = 0; half < 2; half++) {
                int point = half == 0 ? Landmarks.LipRing.SEMI_OUTER.upper(k) : Landmarks.LipRing.SEMI_OUTER.lower(k);
                float x = face.lips()[2 * point];
                float y = face.lips()[2 * point + 1];
                lumaSum += Samples.at(frame, 0, x, y);
                cbSum += Samples.at(frame, 1, x, y);
                crSum += Samples.at(frame, 2, x, y);
                count++;
            }
        }
        lipLuma = lerp(lipLuma, lumaSum / count, part);
        lipCb = lerp(lipCb, cbSum / count, part);
        lipCr = lerp(lipCr, crSum / count, part);
    }
}
