package io.lipdrop.sync.warp.shape;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.Landmarks;
import io.lipdrop.sync.voice.MouthShape;
import java.util.Arrays;

/**
 * How far a person opens the mouth when they talk, and how much its width varies, from looks at the source. Calm and lively
 * talkers differ by a factor of seven, and one half of a clip tells the range of the other (r 0.66 over 43 people).
 */
public final class SpeakingRange {
    private static final int MAX_LOOKS = 2000;
    /** Turned further than this, or less sure, a mouth is not measured. */
    private static final float MAX_YAW = 0.5f;

    private static final float MIN_SCORE = 0.5f;
    /** Inner lips further apart than this are parted, over the distance of the eyes. */
    private static final float PARTED = 0.02f;

    private static final float PEAK = 0.95f;
    private static final float LOW = 0.05f;
    /** The peak of the opening of the median talker, and those beyond which nobody is drawn; as {@link MouthShape} counts. */
    private static final float USUAL_PEAK = 0.153f;

    private static final float MIN_PEAK = 0.03f;
    private static final float MAX_PEAK = 0.26f;
    /** The same of the range of the width, which is less sure. */
    private static final float USUAL_WIDTHS = 0.125f;

    private static final float MIN_WIDTHS = 0.11f;
    private static final float MAX_WIDTHS = 0.19f;
    /** Voices that ask for less whisper or are hardly voices; the person is not to shout them. */
    private static final float MIN_VOICE = 0.07f;

    private static final float MIN_VOICE_WIDTHS = 0.06f;
    /** If the opening varies by at most this, the mouth does not talk (it may smile); from twice that on, it does. */
    private static final float SILENT = 0.022f;

    /** So many looks at parted lips weigh as much as what is known of people in general. */
    private static final float PRIOR_LOOKS = 4;
    /** A look at a clip knows its range well enough then. */
    private static final int ENOUGH = 30;

    private static final int FIRST_LOOKS = 64;

    private float[] openings = new float[FIRST_LOOKS];
    private float[] widths = new float[FIRST_LOOKS];
    private int looks;
    private int parted;

    /** Sees the face of one frame; after two thousand of them no more is learned. */
    public void look(Face face) {
        if (looks == MAX_LOOKS || Math.abs(face.yaw()) > MAX_YAW || face.score() < MIN_SCORE) {
            return;
        }
        if (looks == openings.length) {
            openings = Arrays.copyOf(openings, 2 * looks);
            widths = Arrays.copyOf(widths, 2 * looks);
        }
        FaceAxes axes = new FaceAxes(face);
        openings[looks] = face.opening() * face.eyeDistance() / axes.unit;
        widths[looks] = axes.u(face.x(Landmarks.MOUTH_LEFT), face.y(Landmarks.MOUTH_LEFT))
                - axes.u(face.x(Landmarks.MOUTH_RIGHT), face.y(Landmarks.MOUTH_RIGHT));
        parted += openings[looks] > PARTED ? 1 : 0;
        looks++;
    }

    /** Whether more looks would hardly tell more. */
    public boolean isKnown() {
        return parted >= ENOUGH;
    }

    /**
     * What makes of a voice's mouth this person's; that of people in general where the person was not seen to talk.
     *
     * @param voice the peak of the openings that the voice asks for, while it parts the lips
     * @param voiceWidths the range of the widths that it asks for
     * @param strength how much of it is wanted, 1 for what suits the person
     */
    public MouthScale scale(float voice, float voiceWidths, double strength) {
        float trust = trust();
        float peak = USUAL_PEAK;
        float spread = USUAL_WIDTHS;
        if (trust > 0) {
            peak = between(USUAL_PEAK, clamp(peak(), MIN_PEAK, MAX_PEAK), trust);
            spread = between(USUAL_WIDTHS, clamp(range(widths), MIN_WIDTHS, MAX_WIDTHS), trust);
        }
        return new MouthScale(peak / Math.max(MIN_VOICE, voice), spread / Math.max(MIN_VOICE_WIDTHS, voiceWidths))
                .times((float) strength);
    }

    /** How much what was seen says of this person's range, 0 to 1. */
    private float trust() {
        return parted == 0 ? 0 : parted / (parted + PRIOR_LOOKS) * clamp(range(openings) / SILENT - 1);
    }

    private static float between(float usual, float own, float trust) {
        return usual * (float) Math.pow(own / usual, trust);
    }

    private float peak() {
        float[] open = Arrays.copyOf(openings, looks);
        Arrays.sort(open);
        return open[looks - parted + (int) (PEAK * (parted - 1))];
    }

    private float range(float[] values) {
        float[] sorted = Arrays.copyOf(values, looks);
        Arrays.sort(sorted);
        return sorted[(int) (PEAK * (looks - 1))] - sorted[(int) (LOW * (looks - 1))];
    }
}
