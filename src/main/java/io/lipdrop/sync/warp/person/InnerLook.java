package io.lipdrop.sync.warp.person;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.pixel.Levels;
import io.lipdrop.sync.pixel.Samples;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.LipCurves;

/**
 * Remembers the person's own inner mouth from the frame of the clip that has shown it best so far. Lengths are in units of {@link FaceAxes};
 * the numbers are set by eye, so that teeth win over lips and tongue.
 */
public final class InnerLook {
    private static final float MIN_GAP = 0.04f;
    /** In a mouth open by fewer pixels lips and teeth blend: bright specks, not teeth. */
    private static final float MIN_PIXELS = 5;
    /** A wider gap (a yawn) does not fit into a texture. */
    private static final float MAX_GAP = 0.95f * MouthTexture.HEIGHT;

    private static final float MAX_YAW = 0.4f;
    /** A new frame must be this much better; while painting more so, else the teeth would change all the time. */
    private static final float BETTER = 1.05f;

    private static final float MUCH_BETTER = 1.6f;
    /** Talkers who show their teeth come to this score within seconds, most smiles do. */
    private static final float SEEN_WELL = 0.088f;
    /** Frames over which a better one takes over. */
    private static final int TAKEOVER = 10;

    /** What a bright place counts in the upper half: teeth there are the upper ones, which are seen most in speech. */
    private static final float UPPER = 2;

    /** Teeth that are less red than the skin by this count fully, those as red this part: their colour is blurred, or they are no teeth. */
    private static final float WHITE = 12;

    private static final float PALE = 0.5f;

    /** A place brighter than this part of the skin may be a tooth; a third brighter, it certainly counts as one. */
    private static final float TOOTH = 0.45f;

    private static final float TOOTH_PER_LIGHT = 3;
    /** What is redder than the skin by more than this chroma is lip or tongue: it counts this part of a tooth. */
    private static final float RED = 4;

    private static final float RED_PART = 0.2f;
    /** What a place counts besides its tooth, and up to which gap it counts the more the further the mouth is open there. */
    private static final float PLACE = 0.2f;

    private static final float MAX_GAP_COUNTED = 0.15f;

    private static final int ACROSS = 15;
    private static final int DOWN = 7;

    private final MouthCapture capture = new MouthCapture();
    private MouthTexture current = new MouthTexture();
    private MouthTexture previous = new MouthTexture();
    private MouthTexture spare = new MouthTexture();
    private float best;
    /** The score of the best look that could not be told from lips. */
    private float refused;

    private boolean hadOne;
    private boolean takesOver;
    private int age;
    private long frames;

    /**
     * Looks at a frame of the clip, in order, and keeps its inner mouth if it shows more than the one before.
     *
     * @param lips where the frame has the lips
     * @param yaw how far the head is turned, radians
     * @param painting whether what is kept shows at once, so that it may change only rarely
     */
    public void look(Frame frame, FaceAxes axes, LipCurves lips, SkinTone skin, float yaw, boolean painting) {
        age++;
        frames++;
        float least = Math.max(MIN_GAP, MIN_PIXELS / axes.unit);
        boolean shows = lips.gap > least && lips.gap < MAX_GAP && Math.abs(yaw) < MAX_YAW;
        if (!shows || (painting && best > 0 && age < TAKEOVER)) {
            return;
        }
        float score = score(frame, axes, lips, skin);
        if (score > (painting ? MUCH_BETTER : BETTER) * Math.max(best, refused)) {
            if (capture.take(spare, frame, axes, lips, skin)) {
                takeOver(score);
            } else {
                refused = score;
            }
        }
    }

    private void takeOver(float score) {
        hadOne = best > 0;
        takesOver = frames > 1;
        best = score;
        age = 0;
        MouthTexture oldest = previous;
        previous = current;
        current = spare;
        spare = oldest;
    }

    /** Ends the transition from one look to the next at once. */
    public void settle() {
        takesOver = false;
    }

    /** Whether an inner mouth was seen at all. */
    public boolean isKnown() {
        return best > 0;
    }

    /** Whether teeth were seen so well that a better view is unlikely. */
    public boolean isSeenWell() {
        return best > SEEN_WELL;
    }

    /** The best one so far; empty unless {@link #isKnown}. */
    public MouthTexture current() {
        return current;
    }

    /** Whether there was another texture before the current one; if not, the drawn mouth was seen. */
    public boolean hasPrevious() {
        return hadOne;
    }

    /** The one before the current; empty unless {@link #hasPrevious}. */
    public MouthTexture previous() {
        return previous;
    }

    /** How far the current texture has taken over from what was seen before, 0 to 1. */
    public float takeover() {
        return takesOver ? Math.min(1, (float) (age + 1) / TAKEOVER) : 1;
    }

    /** How much mouth is seen, teeth counting most. */
    private static float score(Frame frame, FaceAxes axes, LipCurves lips, SkinTone skin) {
        float light = Math.max(1, skin.luma - Levels.BLACK);
        float sum = 0;
        for (int i = 0; i < ACROSS; i++) {
            float part = (i + 0.5f) / ACROSS;
            float offset = lips.leftInner + part * (lips.rightInner - lips.leftInner);
            float upper = lips.upperInner.value(offset);
            float gap = lips.lowerInner.value(offset) - upper;
            for (int j = 0; j < DOWN; j++) {
                float v = upper + gap * (j + 0.5f) / DOWN;
                float x = axes.x(lips.middle + offset, v);
                float y = axes.y(lips.middle + offset, v);
                float bright = (Samples.at(frame, 0, x, y) - Levels.BLACK) / light;
                float red = Samples.at(frame, 2, x, y) - skin.cr;
                float white = PALE + (1 - PALE) * clamp(-red / WHITE);
                float tooth = clamp((bright - TOOTH) * TOOTH_PER_LIGHT) * (red < RED ? white : RED_PART);
                float row = j < DOWN / 2 ? UPPER : 1;
                sum += Math.min(gap, MAX_GAP_COUNTED) * (PLACE + row * tooth);
            }
        }
        return sum / (ACROSS * DOWN);
    }
}
