package io.lipdrop.sync.warp.person;

import static io.lipdrop.sync.pixel.Scalars.smoothstep;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.pixel.Planes;
import io.lipdrop.sync.warp.shape.EdgeAlignment;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.LipCurves;
import io.lipdrop.sync.warp.shape.MouthMotion;
import io.lipdrop.sync.warp.shape.Outline;
import io.lipdrop.sync.warp.shape.WarpGrid;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mouth of the person's own, at rest or not, as one frame of the clip showed it: its pixels, its edges, and the pose of the head. Laid
 * over the lips of other frames it leaves nothing of what they said; its light is fitted to theirs.
 */
public final class Look {
    /** How far the pixels are kept round the mouth's middle, in units of {@link FaceAxes}. */
    private static final float KEPT = 0.75f;

    private static final float SIDE_MARGIN = 0.03f;
    /** Turns of the head over which this look fades, radians. */
    private static final float SAME_YAW = 0.14f;

    private static final float OTHER_YAW = 0.32f;
    /** The same for nodding: change of the nose's height, in units. */
    private static final float SAME_PITCH = 0.1f;

    private static final float OTHER_PITCH = 0.2f;
    /** A face larger than the look's face by this factor would look blurred. */
    private static final float SAME_SIZE = 1.5f;

    private static final float OTHER_SIZE = 2.2f;
    /** A smaller face counts as this part as far away as one that is larger by as much: it hides blur. */
    private static final float SMALLER = 0.7f;

    /** As {@link LookMask#MARGIN}, of a mouth that moves: skin goes with it further. */
    private static final float OWN_MARGIN = 0.16f;

    private static final float OWN_WHOLE = 0.05f;

    private static final int COLUMNS = 49;
    private static final int ROWS = 41;

    public final LipCurves lips = new LipCurves();
    public final MouthMotion motion = new MouthMotion();
    public final WarpGrid grid = new WarpGrid(COLUMNS, ROWS);
    private final Planes copied = new Planes();
    public Planes pixels = copied;
    public final LightMatch light = new LightMatch();
    /** How much of the look covers each node of the grid, 0 to 1. */
    private final float[] cover = new float[COLUMNS * ROWS];

    /** The weight of this look in the current frame, 0 to 1. */
    public float strength;
    /** How wide one of the person's own mouths becomes, corner to corner, as {@link LipCurves#width} counts it. */
    public float width;
    /** How much of what is seen between the lips is this look's, 0 to 1; a mouth at rest shows nothing there. */
    public float inner;

    /** How much it lacks of the line where lips meet, 0 to 1: a mouth that it shows open brings none along. */
    public float missing;

    private float margin = LookMask.MARGIN;
    private float whole = LookMask.WHOLE;

    private @Nullable FaceAxes taken;
    private float yaw;
    private float pitch;

    void take(Frame frame, FaceAxes newAxes, LipCurves newLips, float newYaw) {
        FaceAxes axes = newAxes;
        taken = axes;
        yaw = newYaw;
        pitch = axes.noseHeight;
        lips.copy(newLips);
        light.forget();
        float middleX = axes.x(lips.middle, lips.seam());
        float middleY = axes.y(lips.middle, lips.seam());
        float reach = KEPT * axes.unit;
        copied.copyAround(frame, middleX - reach, middleY - reach, middleX + reach, middleY + reach);
        pixels = copied;
    }

    /** Becomes one of the person's own mouths. */
    public void show(OwnLook own) {
        taken = own.axes;
        yaw = own.yaw;
        pitch = own.axes.noseHeight;
        lips.copy(own.lips);
        pixels = own.pixels;
        margin = OWN_MARGIN;
        whole = OWN_WHOLE;
        light.forget();
    }

    /** How like the pose of this look another one is, 0 to 1. */
    public float likeness(FaceAxes other, float otherYaw) {
        FaceAxes axes = axes();
        float size = Math.max(other.unit / axes.unit, SMALLER * axes.unit / other.unit);
        return smoothstep(OTHER_YAW, SAME_YAW, Math.abs(otherYaw - yaw))
                * smoothstep(OTHER_PITCH, SAME_PITCH, Math.abs(other.noseHeight - pitch))
                * smoothstep(OTHER_SIZE, SAME_SIZE, size);
    }

    /** Makes ready for a frame whose mouth goes to where {@code target} says. */
    public void prepare(Frame frame, WarpGrid.Place picture, MouthMotion target, WarpGrid frameGrid) {
        EdgeAlignment.approach(motion, target, 1, 0);
        float side =
                Math.max(-lips.leftOuter, lips.rightOuter) + Math.abs(motion.sideShift.most()) + margin + SIDE_MARGIN;
        float top = target.upperOuter.least() - margin;
        float bottom = target.lowerOuter.most() + margin;
        grid.span(-side, side, top, bottom);
        grid.fit(motion, picture, new WarpGrid.Place(axes(), lips.middle), Outline.NONE);
        LookMask.fit(target, lips, grid, margin, whole, cover);
        light.fit(frame, picture, target, this, frameGrid);
    }

    /** How much of the look covers a place of the face, 0 to 1. */
    public float coverAt(float offset, float v) {
        return strength * grid.between(cover, offset, v);
    }

    private FaceAxes axes() {
        return Objects.requireNonNull(taken);
    }
}
