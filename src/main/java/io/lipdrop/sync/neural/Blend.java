package io.lipdrop.sync.neural;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.lerp;
import static io.lipdrop.sync.pixel.Scalars.smoothstep;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;

/**
 * Brings a network's face back into its frame. Not the face is pasted but what the network changed: where it changed nothing
 * the frame keeps its own pixels, with all their sharpness; where it drew a new mouth the old one goes. One clip, in order.
 */
final class Blend {
    /** Changes up to here are noise of the network: the frame's fine detail stays. From there on it goes. Luma levels. */
    private static final float NOISE = 4;

    private static final float CHANGE = 14;
    /** The network's tint is taken back where it is a tint and no more; luma and chroma levels. */
    private static final float[] MAX_TINT = {10, 5, 5};
    /** The most that a soft picture is sharpened. */
    private static final float MAX_SHARPENING = 1.2f;

    /** How fast both are followed, a frame; by eye. */
    private static final float FOLLOWING = 0.15f;
    /** What is redrawn is widened and softened by the image's side over this number, in pixels. */
    private static final float SIDE_PER_RADIUS = 64;

    private static final double TINY = 1e-6;

    private final int side;
    private final FaceMask shape;
    private final PixelGrid mask;
    /** What the network changed, in luma and chroma. */
    private final PixelGrid[] changes;
    /** 1 where the frame's own detail goes, 0 where it stays. */
    private final PixelGrid redrawn;
    /** What the network wants, luma and chroma, sharpened and in the frame's own tint. */
    private final PixelGrid[] wanted;

    private final PixelGrid soft;
    private final PixelGrid softGiven;
    private final float[] tint = new float[3];
    private float sharpening;
    private int shot = -1;

    Blend(int side) {
        this.side = side;
        this.shape = new FaceMask(side);
        this.mask = new PixelGrid(side);
        this.changes = new PixelGrid[] {new PixelGrid(side), new PixelGrid(side), new PixelGrid(side)};
        this.wanted = new PixelGrid[] {new PixelGrid(side), new PixelGrid(side), new PixelGrid(side)};
        this.redrawn = new PixelGrid(side);
        this.soft = new PixelGrid(side);
        this.softGiven = new PixelGrid(side);
    }

    /**
     * Draws into the frame.
     *
     * @param before what the network was given
     * @param after what it gave
     * @param strength 0 changes nothing, 1 all
     */
    void draw(Frame frame, Face face, Window window, Patch before, Patch after, float strength) {
        shape.draw(face, window, mask);
        float following = face.shot() == shot ? FOLLOWING : 1;
        shot = face.shot();
        for (int plane = 0; plane < 3; plane++) {
            for (int i = 0; i < side * side; i++) {
                changes[plane].values[i] = after.planes()[plane][i] - before.planes()[plane][i];
            }
        }
        sharpen(before.planes()[0], after.planes()[0], following);
        for (int plane = 0; plane < 3; plane++) {
            takeBackTint(plane, following);
            for (int i = 0; i < side * side; i++) {
                wanted[plane].values[i] = before.planes()[plane][i] + changes[plane].values[i];
            }
        }
        findRedrawn();
        FramePart.draw(frame, window, new FramePart.Change(mask, changes, wanted, redrawn, strength));
    }

    /** Makes the new face as sharp, at the network's size, as what the network was given. */
    private void sharpen(float[] before, float[] after, float following) {
        System.arraycopy(after, 0, soft.values, 0, side * side);
        System.arraycopy(before, 0, softGiven.values, 0, side * side);
        soft.blur(1);
        softGiven.blur(1);
        double detail = TINY;
        double detailGiven = TINY;
        for (int i = 0; i < side * side; i++) {
            float fine = after[i] - soft.values[i];
            float fineGiven = before[i] - softGiven.values[i];
            detail += mask.values[i] * fine * fine;
            detailGiven += mask.values[i] * fineGiven * fineGiven;
        }
        float wanted = (float) clamp(Math.sqrt(detailGiven / detail) - 1, 0, MAX_SHARPENING);
        sharpening = lerp(sharpening, wanted, following);
        for (int i = 0; i < side * side; i++) {
            changes[0].values[i] += sharpening * (after[i] - soft.values[i]);
        }
    }

    /** The mean change along the seam is no movement but a tint. */
    private void takeBackTint(int plane, float following) {
        double sum = 0;
        double weights = TINY;
        for (int i = 0; i < side * side; i++) {
            float weight = mask.values[i] * (1 - mask.values[i]);
            sum += weight * changes[plane].values[i];
            weights += weight;
        }
        float mean = (float) (sum / weights);
        float wanted = clamp(mean, -MAX_TINT[plane], MAX_TINT[plane]);
        tint[plane] = lerp(tint[plane], wanted, following);
        for (int i = 0; i < side * side; i++) {
            changes[plane].values[i] -= tint[plane];
        }
    }

    private void findRedrawn() {
        for (int i = 0; i < side * side; i++) {
            redrawn.values[i] =
                    Math.abs(changes[0].values[i]) + Math.abs(changes[1].values[i]) + Math.abs(changes[2].values[i]);
        }
        int radius = Math.max(1, Math.round(side / SIDE_PER_RADIUS));
        redrawn.spread(radius);
        redrawn.blur(radius);
        for (int i = 0; i < side * side; i++) {
            redrawn.values[i] = smoothstep(NOISE, CHANGE, redrawn.values[i]);
        }
    }
}
