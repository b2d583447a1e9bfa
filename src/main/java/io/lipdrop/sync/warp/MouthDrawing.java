package io.lipdrop.sync.warp;

import static io.lipdrop.sync.pixel.Scalars.lerp;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.voice.MouthShape;
import io.lipdrop.sync.warp.paint.InnerMouth;
import io.lipdrop.sync.warp.paint.LipLine;
import io.lipdrop.sync.warp.paint.Renderer;
import io.lipdrop.sync.warp.person.Look;
import io.lipdrop.sync.warp.shape.ColumnShift;
import io.lipdrop.sync.warp.shape.Curve;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.LipCurves;
import io.lipdrop.sync.warp.shape.MouthMotion;
import io.lipdrop.sync.warp.shape.Outline;
import io.lipdrop.sync.warp.shape.WarpGrid;
import java.util.List;

/** Draws a mouth whose lips were moved: fits the grid, what shows between the lips, and the lip line, and renders them. */
final class MouthDrawing {
    /** Margins of the drawing below the neck's motion, and of the mouth beyond its corners, in units of {@link FaceAxes}. */
    private static final float BELOW_NECK = 0.02f;

    private static final float BEYOND_CORNERS = 0.1f;

    /** Nodes of the grid: 45 to a unit, so that straight lines between them do not show. */
    private static final int COLUMNS = 81;

    private static final int ROWS = 81;

    private final Outline outline = new Outline();
    private final WarpGrid grid = new WarpGrid(COLUMNS, ROWS);
    private final InnerMouth inner = new InnerMouth();
    private final LipLine line = new LipLine();
    private final Renderer renderer = new Renderer();

    /**
     * The mouth of one frame, moved.
     *
     * @param lips where the frame has them
     * @param motion where they go
     * @param looks mouths of other frames that are laid over it, in order
     * @param shape the shape that is wanted
     * @param effect 0 changes nothing, 1 replaces the mouth completely
     * @param drawnLips the share of the lips that no mouth of the person's own covers, 0 to 1
     */
    record MovedMouth(
            FaceAxes axes,
            LipCurves lips,
            MouthMotion motion,
            List<Look> looks,
            MouthShape shape,
            float effect,
            float drawnLips) {}

    /**
     * Draws in place.
     *
     * @return the share of the person's own pixels between the lips, 0 to 1
     */
    float draw(Frame frame, Face face, KnownPerson person, MovedMouth mouth) {
        FaceAxes axes = mouth.axes;
        LipCurves lips = mouth.lips;
        MouthMotion motion = mouth.motion;
        float missing = LipLine.missing(lips.gap);
        float inside = 1;
        for (Look look : mouth.looks) {
            missing = lerp(missing, look.missing, look.strength);
            inside = inside * (1 - look.strength) + look.strength * (1 - look.inner);
        }
        WarpGrid.Place place = new WarpGrid.Place(axes, lips.middle);
        grid.span(-Curve.REACH, Curve.REACH, 0, motion.jaw.most() + ColumnShift.BELOW_CHIN + BELOW_NECK);
        outline.fit(face, axes, lips);
        grid.fit(motion, place, place, outline);
        grid.findMoving(Math.max(-lips.leftOuter, lips.rightOuter) + BEYOND_CORNERS);
        for (Look look : mouth.looks) {
            look.prepare(frame, place, motion, grid);
        }
        inner.prepare(motion, mouth.shape, person.skin, person.inner, axes.unit);
        float press = mouth.effect * mouth.drawnLips * mouth.shape.press();
        line.prepare(lips, motion, person.skin, axes.unit, mouth.effect * missing, press);
        renderer.render(frame, new Renderer.Scene(place, motion, grid, inner, line, mouth.looks, mouth.effect, inside));
        return 1 - inside;
    }
}
