package io.lipdrop.sync.warp.own;

import static io.lipdrop.sync.pixel.Scalars.clamp;
import static io.lipdrop.sync.pixel.Scalars.smoothstep;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.pixel.Quantiles;
import io.lipdrop.sync.voice.MouthShape;
import io.lipdrop.sync.warp.paint.LipLine;
import io.lipdrop.sync.warp.person.Look;
import io.lipdrop.sync.warp.person.OwnLook;
import io.lipdrop.sync.warp.person.SkinTone;
import io.lipdrop.sync.warp.shape.Cue;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.LipCurves;
import io.lipdrop.sync.warp.shape.MouthScale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Shows the person's own mouths in one clip. Every 80 ms the best one is chosen; it replaces the one before within a few frames, while
 * both are warped to the same lips.
 */
public final class OwnMouths {
    /** Time between choices, seconds. */
    private static final double STEP = 0.08;
    /** The quantile of openings that counts as the usual peak. */
    private static final float PEAK = 0.95f;
    /** A mouth whose opening varies by less does not talk. */
    private static final float SILENT = 0.03f;

    private static final float MIN_PEAK = 0.03f;
    private static final float MIN_PER_ASKED = 0.5f;
    private static final float MAX_PER_ASKED = 3;
    /** Where the gap of the look is this part of what is wanted, nothing of its inside is shown, or all. */
    private static final float INSIDE_NONE = 0.35f;

    private static final float INSIDE_ALL = 0.65f;
    /** A look that has to open, or to shut, by more than the first counts less, by more than the second not at all. */
    private static final float OPENS = 0.04f;

    private static final float OPENS_TOO_FAR = 0.12f;
    /** Up to the first part of their gap lips close completely, from the second on they keep it. */
    private static final float SQUEEZED = 0.1f;

    private static final float UNSQUEEZED = 0.35f;
    private static final float SHUTS = 0.12f;
    private static final float SHUTS_TOO_FAR = 0.22f;
    /** Smaller gaps show nothing of the inside. */
    private static final float SMALL_GAP = 0.02f;

    private static final float MIN_WHOLE = 1e-4f;
    /** The gap between the curves over the opening, which is a mean of three places. */
    private static final float GAP_OVER_OPENING = 1.1f;

    private final List<OwnLook> looks;
    private final MouthBank bank;
    /** Of each shot of the source with enough mouths. */
    private final Map<Integer, OwnRange> ranges;

    private final MouthPath path;
    /** From asked to shown openings, in each of these shots. */
    private final Map<Integer, MouthScale> scales = new HashMap<>();

    private final int stepFrames;
    private final Look[] slots = {new Look(), new Look()};
    private final List<Look> shown = new ArrayList<>(2);
    private int current = -1;
    private int previous = -1;
    /** The frame in which that was decided, and the last one that was followed, −1 where that ended a segment. */
    private long decided;

    private long last = Long.MIN_VALUE;
    private int shot = -1;
    private int sourceShot = -1;

    /**
     * Shows mouths of a closed bank in one clip.
     *
     * @param framesPerSecond of the clip that is painted
     */
    public OwnMouths(MouthBank bank, double framesPerSecond) {
        this.bank = bank;
        looks = bank.looks();
        ranges = bank.usableShots().stream()
                .collect(Collectors.toMap(usable -> usable, usable -> new OwnRange(usable, looks)));
        path = new MouthPath(looks);
        stepFrames = (int) Math.max(1, Math.round(STEP * framesPerSecond));
    }

    /**
     * Scales openings so that the peak of the voice opens the mouth as far as the person's own peak.
     *
     * @param peak of the openings that will be asked for
     */
    public void expect(float peak) {
        for (int usable : ranges.keySet()) {
            scales.put(usable, scale(bank.openings(usable), peak));
        }
    }

    private static MouthScale scale(List<Float> openings, float peak) {
        List<Float> parted =
                openings.stream().filter(opening -> opening > MouthBank.PARTED).toList();
        double own = Quantiles.of(parted, Float::doubleValue, PEAK);
        boolean talks = own - Quantiles.of(openings, Float::doubleValue, 1 - PEAK) > SILENT;
        float factor = clamp((float) own / Math.max(MIN_PEAK, peak), MIN_PER_ASKED, MAX_PER_ASKED);
        return talks ? new MouthScale(factor, 1) : MouthScale.NONE;
    }

    /** Continues where another attempt ended: with the look of its last frame, −1 for none. */
    public void resume(int look) {
        current = look < looks.size() ? look : -1;
        if (current >= 0) {
            slots[0].show(looks.get(current));
            last = -1;
        }
    }

    /** The look that the last frame showed, −1 for none. */
    public int current() {
        return current;
    }

    /** A frame shows no mouth that could be another one. */
    public void skip() {
        current = -1;
    }

    /**
     * The looks for a frame, the one that leaves before the one that comes. What is shown depends on nothing but the frame, the voice and,
     * where the frame before shows one, on its look, so that it is the same where an attempt continues after a restart.
     */
    public List<Look> follow(Frame frame, Face face, FaceAxes axes, Cue asked) {
        long number = asked.number();
        boolean goesOn = current >= 0 && number == last + 1 && face.shot() == shot;
        boolean isDue = number % stepFrames == 0 && (number == 0 || asked.left() >= stepFrames);
        if (!goesOn || isDue) {
            shot = face.shot();
            sourceShot = bank.shotLike(frame, goesOn && number > 0 ? sourceShot : -1);
            if (current >= 0 && looks.get(current).shot != sourceShot) {
                current = -1;
            }
        }
        last = asked.left() == 1 ? -1 : number;
        shown.clear();
        OwnRange range = ranges.get(sourceShot);
        if (range == null) {
            return shown;
        }
        Cue cue = asked.scaled(scales.getOrDefault(sourceShot, MouthScale.NONE));
        if (current < 0 || !goesOn || isDue) {
            decide(cue, axes, face.yaw(), SkinTone.lumaOf(frame, face), range);
            decided = number;
        }
        float part = previous < 0 ? 1 : Math.min(1, (number - decided + 1f) / stepFrames);
        MouthShape shape = cue.now();
        float width = range.width(shape);
        if (part < 1) {
            shown.add(moved(slots[1], looks.get(previous), shape, width, axes, face.yaw(), 1));
        }
        shown.add(moved(slots[0], looks.get(current), shape, width, axes, face.yaw(), smoothstep(part)));
        return shown;
    }

    private void decide(Cue cue, FaceAxes axes, float yaw, float light, OwnRange range) {
        int next = path.next(current, cue, stepFrames, axes, yaw, light, range);
        previous = next == current ? -1 : current;
        if (next != current || current < 0) {
            Look leaving = slots[0];
            slots[0] = slots[1];
            slots[1] = leaving;
            slots[0].show(looks.get(next));
            current = next;
        }
    }

    /** Moves a look's mouth to what is asked; the further that is, and the more the head is turned otherwise, the less it counts. */
    private Look moved(Look look, OwnLook own, MouthShape shape, float width, FaceAxes axes, float yaw, float part) {
        float gap = own.lips.gap;
        float wanted = shape.opening() > own.opening
                ? gap + GAP_OVER_OPENING * (shape.opening() - own.opening)
                : shut(gap, own.opening > 0 ? shape.opening() / own.opening : 0);
        // Where it is laid, its lips are those of one look; how wide it is was measured with more care.
        look.width = own.lips.width() + width - own.width;
        look.motion.near(look.lips, shape, wanted, look.width);
        look.inner = wanted < SMALL_GAP ? 1 : smoothstep(INSIDE_NONE, INSIDE_ALL, share(gap, wanted));
        look.missing =
                gap < SMALL_GAP ? 0 : LipLine.missing(gap) * smoothstep(UNSQUEEZED, SQUEEZED, share(wanted, gap));
        float near = wanted > gap
                ? smoothstep(OPENS_TOO_FAR, OPENS, wanted - gap)
                : smoothstep(SHUTS_TOO_FAR, SHUTS, gap - wanted);
        look.strength = part * near * look.likeness(axes, yaw);
        return look;
    }

    /** The gap of a mouth that is to be open by this part of its own gap; teeth are not squeezed into a bright line. */
    private static float shut(float gap, float part) {
        return gap * part * (gap < SMALL_GAP ? 1 : 1 - smoothstep(UNSQUEEZED, SQUEEZED, part));
    }

    private static float share(float part, float whole) {
        return part / Math.max(whole, MIN_WHOLE);
    }

    /** The width of the mouth at rest, as {@link LipCurves#width} counts it, of the person in the last frame; empty if it is not known. */
    public Optional<Float> restWidth() {
        return Optional.ofNullable(ranges.get(sourceShot)).map(range -> range.restLips);
    }
}
