package io.lipdrop.sync.warp.person;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.lerp;
import static io.lipdrop.sync.pixel.Scalars.smoothstep;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.LipCurves;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds, as the clip goes by, the frame that shows the person's mouth at rest best, and remembers its look. The numbers are set by eye.
 */
public final class RestMouth {
    /** Inner lips nearer than this are closed. */
    private static final float CLOSED = 0.02f;
    /** A mouth that changes by less from frame to frame, in units of {@link FaceAxes}, is still. */
    private static final float STILL = 0.012f;
    /** A mouth at rest is still for longer than any p, b or m is. */
    private static final int LONG = 12;

    private static final float BETTER = 1.4f;
    /** What was seen long ago counts less, and still less if the head has turned since; a frame. */
    private static final float AGEING = 0.999f;

    private static final float AGEING_TURNED = 0.97f;
    /** Frames over which a new look comes in. */
    private static final int TAKEOVER = 12;
    /** How fast the place of the mouth under the nose is followed: when it is closed, and when it is not. */
    private static final float FOLLOWING_CLOSED = 0.2f;

    private static final float FOLLOWING_OPEN = 0.02f;
    private static final float FOLLOWING_ASIDE = 0.08f;
    private static final float FOLLOWING_THICKNESS = 0.01f;

    /** Where it is not known at all yet. */
    private static final float FOLLOWING_FIRST = 0.5f;
    /** In other poses than this likeness the head has turned. */
    private static final float SAME_POSE = 0.5f;
    /** Lips that are just closed count this part less than those that touch firmly. */
    private static final float JUST_CLOSED = 0.5f;

    private Look current = new Look();
    private Look previous = new Look();
    private final List<Look> looks = new ArrayList<>();
    private boolean hasPrevious;
    private float best;
    private int age;
    private long frames;
    private int still;
    private float lastSeam;
    private float lastWidth;
    private float usualThickness;
    private float lowered;
    private float previousLowered;
    private float aside;
    private boolean isPlaced;

    /** Sees a frame that stands for {@code step} frames, whose mouth is whole and in view; while painting changes are kept rare. */
    public void look(Frame frame, FaceAxes axes, LipCurves lips, float yaw, int step, boolean painting) {
        frames++;
        age += step;
        float change = Math.abs(lips.seam() - lastSeam) + Math.abs(lips.width() - lastWidth);
        boolean closed = lips.gap < CLOSED;
        still = closed && change < STILL ? still + step : 0;
        lastSeam = lips.seam();
        lastWidth = lips.width();
        if (best > 0) {
            float part = isPlaced ? closed ? FOLLOWING_CLOSED : FOLLOWING_OPEN : FOLLOWING_FIRST;
            lowered = lerp(lowered, lips.seam() - current.lips.seam(), part);
            previousLowered = lerp(previousLowered, lips.seam() - previous.lips.seam(), part);
            aside = lerp(aside, lips.center() - current.lips.center(), isPlaced ? FOLLOWING_ASIDE : 1);
            isPlaced = true;
            best *= current.likeness(axes, yaw) < SAME_POSE ? AGEING_TURNED : AGEING;
        }
        float thickness = lips.thickness();
        usualThickness = lerp(usualThickness, thickness, Math.max(FOLLOWING_THICKNESS, 1f / frames));
        if (closed && (best == 0 || !painting || age > TAKEOVER)) {
            float score = (1 + Math.min(LONG, still)) * (1 - JUST_CLOSED * lips.gap / CLOSED) * relaxed(thickness);
            if (score > (painting ? BETTER : 1) * best) {
                adopt(frame, axes, lips, yaw, score);
            }
        }
    }

    /** How far the lips are from being pressed, 0 to 1: pressed lips are thin, and no rest. */
    private float relaxed(float thickness) {
        float part = clamp(thickness / usualThickness);
        return part * part * part;
    }

    private void adopt(Frame frame, FaceAxes axes, LipCurves lips, float yaw, float score) {
        hasPrevious = best > 0;
        Look swap = previous;
        previous = current;
        current = swap;
        previousLowered = lowered;
        lowered = 0;
        aside = 0;
        current.take(frame, axes, lips, yaw);
        best = score;
        age = frames == 1 ? TAKEOVER : 0;
    }

    /** Whether it rested long enough to be no p, b or m. */
    public boolean isSure() {
        return best > LONG / 2f;
    }

    /** Ends the transition from one look to the next at once. */
    public void settle() {
        age = TAKEOVER;
        isPlaced = false;
    }

    /** How far this frame's mouth lies below where the look has it, in units. */
    public float lowered(Look look) {
        return look == current ? lowered : previousLowered;
    }

    /** The mouth's middle along u: steadily where the look has it under the nose, else where this frame shows it. */
    public float middle(float shown, FaceAxes axes, float yaw) {
        return best == 0 ? shown : lerp(shown, current.lips.middle + aside, current.likeness(axes, yaw));
    }

    /** Weighs the looks for a frame and gives those that count, the older one first. */
    public List<Look> weigh(FaceAxes axes, float yaw) {
        looks.clear();
        if (best == 0) {
            return looks;
        }
        float taken = (age + 1f) / TAKEOVER;
        if (hasPrevious && taken < 1) {
            previous.strength = previous.likeness(axes, yaw);
            looks.add(previous);
        }
        current.strength = smoothstep(taken) * current.likeness(axes, yaw);
        if (current.strength > 0) {
            looks.add(current);
        }
        return looks;
    }

    /** The width of this person's mouth at rest, if it was seen; else what it mostly is. */
    public float width(float mostly) {
        return best == 0 ? mostly : current.lips.width();
    }
}
