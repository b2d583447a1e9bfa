package io.lipdrop.sync.warp;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.voice.MouthShape;
import io.lipdrop.sync.warp.own.MouthBank;
import io.lipdrop.sync.warp.own.OwnMouths;
import io.lipdrop.sync.warp.person.Look;
import io.lipdrop.sync.warp.shape.Cue;
import io.lipdrop.sync.warp.shape.EdgeAlignment;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.LipCurves;
import io.lipdrop.sync.warp.shape.MouthMotion;
import io.lipdrop.sync.warp.shape.SpeakingRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Paints a mouth of a given shape over the one in a frame, from the frame's own pixels. Takes the frames of one clip, in order.
 * What it learns about the person is used in that shot only: in another it may be another person, or another light.
 */
public final class MouthPainter {
    /** From here on the head is turned too far to see the whole mouth, radians; the effect fades and is gone at the second. */
    private static final float TURNED = 0.75f;

    private static final float TURNED_AWAY = 1.15f;

    private static final int MAX_PEOPLE = 4;
    /** Faces with a lower score are not studied. */
    private static final float SURE = 0.5f;

    private final LipCurves lips = new LipCurves();
    private final MouthMotion motion = new MouthMotion();
    private final MouthDrawing drawing = new MouthDrawing();

    private @Nullable OwnMouths own;
    private final List<Look> looks = new ArrayList<>();

    private final SpeakingRange speakingRange = new SpeakingRange();
    /** Those of the shots that were seen last: films cut to and fro. */
    private final Map<Integer, KnownPerson> people = new LinkedHashMap<>(MAX_PEOPLE, 1, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, KnownPerson> eldest) {
            return size() > MAX_PEOPLE;
        }
    };

    private KnownPerson person = people.computeIfAbsent(0, KnownPerson::new);
    private float ownShare;

    /**
     * Shows the person's own mouths from now on, where one is near enough.
     *
     * @param framesPerSecond of the video that is painted
     */
    public void show(MouthBank bank, double framesPerSecond) {
        own = bank.isUsable() ? new OwnMouths(bank, framesPerSecond) : null;
    }

    /**
     * Tells how far the mouth will open, so that an own mouth is chosen accordingly.
     *
     * @param peak the widest opening that the voice asks for, as {@link MouthShape#opening()}
     */
    public void expect(float peak) {
        if (own != null) {
            own.expect(peak);
        }
    }

    /** The number of the person's own mouth that the last frame showed, −1 for none; for {@link #resume}. */
    public int ownLook() {
        return own == null ? -1 : own.current();
    }

    /**
     * Continues where another painter of the same clip ended.
     *
     * @param ownLook its {@link #ownLook()} at the last frame
     */
    public void resume(int ownLook) {
        if (own != null) {
            own.resume(ownLook);
        }
    }

    /** Passes over a frame of the clip that is not painted because it shows no face. */
    public void skip() {
        if (own != null) {
            own.skip();
        }
    }

    /** The share of the person's own pixels between the lips in the last painted frame, 0 to 1; shut lips count as their own. */
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
     * @param strength 0 changes nothing, 1 replaces the mouth completely
     */
    public void paint(Frame frame, Face face, Cue cue, float strength) {
        ownShare = 0;
        if (face.shot() != person.shot) {
            person = people.computeIfAbsent(face.shot(), KnownPerson::new);
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
        List<Look> ownLooks = own == null ? List.of() : own.follow(frame, face, axes, cue);
        closeAndOpen(axes, face.yaw(), shape, effect);
        float drawnLips = showOwn(ownLooks, effect);
        var moved = new MouthDrawing.MovedMouth(axes, lips, motion, looks, shape, effect, drawnLips);
        ownShare = drawing.draw(frame, face, person, moved);
    }

    /** Moves the lips of the frame, and of the rest looks laid over it, to the wanted shape. */
    private void closeAndOpen(FaceAxes axes, float yaw, MouthShape shape, float effect) {
        looks.clear();
        looks.addAll(person.rest.weigh(axes, yaw));
        float rest = own == null ? person.restWidth() : own.restWidth().orElse(person.restWidth());
        motion.fit(lips, shape, rest, effect);
        for (Look look : looks) {
            look.inner = 0;
            look.missing = 0;
            look.motion.fit(look.lips, shape, rest, 1);
            EdgeAlignment.approach(motion, look.motion, effect * look.strength, person.rest.lowered(look));
        }
    }

    /** Adds the person's own mouths to the looks; returns the share of the drawing that remains visible, 0 to 1. */
    private float showOwn(List<Look> ownLooks, float effect) {
        float drawn = 1;
        for (Look look : ownLooks) {
            EdgeAlignment.approach(motion, look.motion, effect * look.strength, 0);
            motion.widen(lips, look.width, effect * look.strength);
            if (look.strength >= 1) {
                looks.clear(); // hidden
            }
            looks.add(look);
            drawn *= 1 - look.strength;
        }
        return drawn;
    }

    /**
     * Learns the person's mouth at rest and their teeth from a frame, without painting, before painting begins.
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

    /** Whether the mouth was seen at rest long enough. */
    public boolean knowsRest() {
        return person.rest.isSure();
    }

    /** Whether the person's teeth have been seen well. */
    public boolean knowsTeeth() {
        return person.inner.isSeenWell();
    }

    /** Ends studying: what was learned holds from the first painted frame on. */
    public void begin() {
        person.settle();
    }
}
