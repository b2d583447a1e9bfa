package io.lipdrop.sync.warp;

import static io.lipdrop.sync.pixel.Scalars.lerp;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.voice.MouthShape;
import io.lipdrop.sync.warp.own.MouthBank;
import io.lipdrop.sync.warp.own.OwnMouths;
import io.lipdrop.sync.warp.paint.InnerMouth;
import io.lipdrop.sync.warp.paint.LipLine;
import io.lipdrop.sync.warp.paint.Renderer;
import io.lipdrop.sync.warp.person.Look;
import io.lipdrop.sync.warp.shape.ColumnShift;
import io.lipdrop.sync.warp.shape.Cue;
import io.lipdrop.sync.warp.shape.Curve;
import io.lipdrop.sync.warp.shape.EdgeAlignment;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.LipCurves;
import io.lipdrop.sync.warp.shape.MouthMotion;
import io.lipdrop.sync.warp.shape.Outline;
import io.lipdrop.sync.warp.shape.SpeakingRange;
import io.lipdrop.sync.warp.shape.WarpGrid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Paints a mouth of a given shape over the one that a frame has, from the frame's own pixels. One clip, in order; what it learns of
 * the person holds until the scene cuts, for then it may be another one, or another light.
 */
public final class MouthPainter {
    /** From here on the head is turned too far to see the whole mouth, radians; the effect fades and is gone at the second. */
    private static final float TURNED = 0.75f;

    private static final float TURNED_AWAY = 1.15f;

    /** What is drawn reaches so far below the neck's motion, and the mouth so far beyond its corners, in units of {@link FaceAxes}. */
    private static final float BELOW_NECK = 0.02f;

    private static final float BEYOND_CORNERS = 0.1f;
    /** Less sure faces are not studied. */
    private static final float SURE = 0.5f;
    /** Nodes of the grid: 45 to a unit, so that straight lines between them do not show. */
    private static final int COLUMNS = 81;

    private static final int ROWS = 81;

    private final LipCurves lips = new LipCurves();
    private final MouthMotion motion = new MouthMotion();
    private final Outline outline = new Outline();
    private final WarpGrid grid = new WarpGrid(COLUMNS, ROWS);
    private final InnerMouth inner = new InnerMouth();
    private final LipLine line = new LipLine();
    private final Renderer renderer = new Renderer();

    private @Nullable OwnMouths own;
    private final List<Look> looks = new ArrayList<>();

    private final SpeakingRange speakingRange = new SpeakingRange();
    private KnownPerson person = new KnownPerson(0);
    private float ownShare;

    /** From now on shows the person's own mouths where one is near enough, in a video of so many frames a second. */
    public void show(MouthBank bank, double framesPerSecond) {
        own = bank.isUsable() ? new OwnMouths(bank, framesPerSecond) : null;
    }

    /** Openings up to about this one will be asked for. */
    public void expect(float peak) {
        if (own != null) {
            own.expect(peak);
        }
    }

    /** Which of the person's own looks the last frame showed, −1 for none; what {@link #resume} wants. */
    public int ownLook() {
        return own == null ? -1 : own.current();
    }

    /** Goes on where another painter of the same clip ended. */
    public void resume(int ownLook) {
        if (own != null) {
            own.resume(ownLook);
        }
    }

    /** A frame of the clip is not painted: it shows no face. */
    public void skip() {
        if (own != null) {
            own.skip();
        }
    }

    /** How much of what shows between the lips that were painted last is the person's own, 0 to 1; shut lips are theirs. */
    public float ownShare() {
        return ownShare;
    }

    /** Paints a mouth of this shape: see {@link #paint(Frame, Face, Cue, float)}. */
    public void paint(Frame frame, Face face, MouthShape shape, float strength) {
        paint(frame, face, Cue.of(shape), strength);
    }

    /**
     * Paints in place. Only the region round the mouth and the chin changes.
     *
     * @param face where the face is in this frame
     * @param cue the mouth that is wanted
     * @param strength 0 changes nothing, 1 replaces the mouth wholly
     */
    public void paint(Frame frame, Face face, Cue cue, float strength) {
        ownShare = 0;
        if (face.shot() != person.shot) {
            person = new KnownPerson(face.shot());
        }
        FaceAxes axes = new FaceAxes(face);
        float effect = Math.min(1, strength) * face.facing(TURNED, TURNED_AWAY);
        person.fit(lips, face, axes);
        person.see(frame, face, lips);
        if (!(effect > 0)) {
            if (strength > 0) {
                skip();
            }
            return;
        }
        if (strength >= 1) {
            person.learn(frame, axes, lips, face.yaw(), 1, true);
        }
        MouthShape shape = cue.now();
        closeAndOpen(axes, face.yaw(), shape, effect);
        float drawnLips = showOwn(frame, face, axes, cue, effect);
        draw(frame, face, axes, shape, effect, drawnLips);
    }

    /** Moves the frame's lips, and those of the looks at rest that are laid over them, to where the shape wants them. */
    private void closeAndOpen(FaceAxes axes, float yaw, MouthShape shape, float effect) {
        looks.clear();
        looks.addAll(person.rest.weigh(axes, yaw));
        float rest = person.restWidth();
        motion.fit(lips, shape, rest, effect);
        for (Look look : looks) {
            look.inner = 0;
            look.missing = 0;
            look.motion.fit(look.lips, shape, rest, 1);
            EdgeAlignment.approach(motion, look.motion, effect * look.strength, person.rest.lowered(look));
        }
    }

    /** Lays the person's own mouths over what is drawn, and gives what is left of that, 0 to 1. */
    private float showOwn(Frame frame, Face face, FaceAxes axes, Cue cue, float effect) {
        OwnMouths mouths = own;
        if (mouths == null) {
            return 1;
        }
        float drawn = 1;
        MouthShape shape = cue.now();
        for (Look look : mouths.follow(frame, face, axes, cue)) {
            EdgeAlignment.approach(motion, look.motion, effect * look.strength, 0);
            motion.widen(lips, mouths.width(shape), effect * look.strength);
            if (look.strength >= 1) {
                looks.clear(); // hidden
            }
            looks.add(look);
            drawn *= 1 - look.strength;
        }
        return drawn;
    }

    /**
     * Draws what was moved.
     *
     * @param drawnLips how much of the lips no mouth of the person's own covers, 0 to 1
     */
    private void draw(Frame frame, Face face, FaceAxes axes, MouthShape shape, float effect, float drawnLips) {
        float missing = LipLine.missing(lips.gap);
        float inside = 1;
        for (Look look : looks) {
            missing = lerp(missing, look.missing, look.strength);
            inside = inside * (1 - look.strength) + look.strength * (1 - look.inner);
        }
        ownShare = 1 - inside;
        WarpGrid.Place place = new WarpGrid.Place(axes, lips.middle);
        grid.span(-Curve.REACH, Curve.REACH, 0, motion.jaw.most() + ColumnShift.BELOW_CHIN + BELOW_NECK);
        outline.fit(face, axes, lips);
        grid.fit(motion, place, place, outline);
        grid.findMoving(Math.max(-lips.leftOuter, lips.rightOuter) + BEYOND_CORNERS);
        for (Look look : looks) {
            look.prepare(frame, place, motion, grid);
        }
        inner.prepare(motion, shape, person.skin, person.inner, axes.unit);
        line.prepare(lips, motion, person.skin, axes.unit, effect * missing, effect * drawnLips * shape.press());
        renderer.render(frame, new Renderer.Scene(place, motion, grid, inner, line, looks, effect, inside));
    }

    /**
     * Looks at a frame without painting, so that the person's mouth at rest and their teeth are known when painting begins.
     *
     * @param frames how many frames of the clip this one stands for
     */
    public void study(Frame frame, Face face, int frames) {
        if (face.shot() != person.shot || face.score() < SURE) {
            return;
        }
        FaceAxes axes = new FaceAxes(face);
        lips.fit(face, axes, LipCurves.middleOf(face, axes));
        person.see(frame, face, lips);
        person.learn(frame, axes, lips, face.yaw(), frames, false);
        speakingRange.look(face);
    }

    /** How far this person opens the mouth in what was studied. */
    public SpeakingRange speakingRange() {
        return speakingRange;
    }

    /** Whether the mouth has been seen at rest for long enough to be sure. */
    public boolean knowsRest() {
        return person.rest.isSure();
    }

    /** Whether the person's teeth have been seen well. */
    public boolean knowsTeeth() {
        return person.inner.isSeenWell();
    }

    /** Painting begins: what was studied holds from the first frame on. */
    public void begin() {
        person.settle();
    }
}
