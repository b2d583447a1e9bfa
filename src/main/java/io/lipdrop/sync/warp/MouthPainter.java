package io.lipdrop.sync.warp;

import io.lipdrop.media.Frame;
import io.lipdrop.sync.face.Face;

/**
 * Paints a mouth of a given shape over the one that a frame has, from the frame's own pixels. One clip, in order; keeps a
 * bounded memory of the person: the light on the skin, the width of the mouth at rest, and the teeth, until the scene cuts.
 */
public final class MouthPainter {
    /** From here on the head is turned too far to see the whole mouth, radians; the effect fades and is gone at the second. */
    private static final float TURNED = 0.75f;

    private static final float TURNED_AWAY = 1.15f;

    private final LipCurves lips = new LipCurves();
    private final MouthMotion motion = new MouthMotion();
    private final WarpGrid grid = new WarpGrid();
    private final InnerMouth inner = new InnerMouth();
    private final LipLine line = new LipLine();
    private final Renderer renderer = new Renderer();

    private SkinTone skin = new SkinTone();
    private OwnMouth ownMouth = new OwnMouth();
    private RestWidth restWidth = new RestWidth();
    private int shot;

    /**
     * Paints in place. Only the region round the mouth and the chin changes.
     *
     * @param face where the face is in this frame
     * @param shape the mouth that is wanted
     * @param strength 0 changes nothing, 1 replaces the mouth wholly
     */
    public void paint(Frame frame, Face face, MouthShape shape, float strength) {
        if (face.shot() != shot) {
            forgetThePerson(face.shot());
        }
        FaceAxes axes = new FaceAxes(face);
        float turn = (Math.abs(face.yaw()) - TURNED) / (TURNED_AWAY - TURNED);
        float effect = Math.min(1, strength) * (1 - Math.max(0, Math.min(1, turn)));
        lips.of(face, axes);
        float width = restWidth.follow(lips.width());
        skin.look(frame, face);
        if (!(effect > 0)) {
            return;
        }
        if (strength >= 1) {
            ownMouth.look(frame, axes, lips, skin, face.yaw());
        }
        motion.of(lips, shape, width, effect);
        grid.of(lips, motion, axes);
        inner.prepare(motion, shape, skin, ownMouth, axes.unit);
        line.prepare(lips, motion, skin, axes.unit, effect);
        renderer.render(frame, new Renderer.Scene(axes, lips, motion, grid, inner, line, effect));
    }

    /** After a scene cut it may be another one, or another light. */
    private void forgetThePerson(int newShot) {
        shot = newShot;
        skin = new SkinTone();
        ownMouth = new OwnMouth();
        restWidth = new RestWidth();
    }
}
