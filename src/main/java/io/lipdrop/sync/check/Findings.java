package io.lipdrop.sync.check;

import io.lipdrop.job.Outcome.MouthCheck;
import io.lipdrop.job.Outcome.MouthCheck.Verdict;
import io.lipdrop.sync.voice.Envelope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows from the looks. The limits are from renderings that are right: figures in docs/decisions.md. */
final class Findings {
    private static final double MIN_R = 0.5;
    private static final double MAX_LAG_SECONDS = 0.1;
    private static final double MAX_SILENT_MOTION = 0.3;
    /** A mouth that varies by less than this part of what was asked for stands still. */
    private static final double STILL = 0.2;
    /** The voice is in the sound of the result; it gives more than 0.95. */
    private static final double MIN_SOUND = 0.6;

    private Findings() {}

    /**
     * Judges.
     *
     * @param sound where the voice was found in the sound of the result
     */
    static MouthCheck of(Looks looks, Envelope.Found sound, double sampledSeconds, double tookSeconds) {
        if (!looks.isEnough()) {
            return new MouthCheck(
                    Verdict.SKIPPED,
                    null,
                    null,
                    null,
                    rounded(sampledSeconds),
                    rounded(tookSeconds),
                    "Too few of the sampled frames show a mouth.");
        }
        List<String> doubts = new ArrayList<>();
        double silent = looks.silentMotion();
        if (silent > MAX_SILENT_MOTION) {
            doubts.add("the mouth moves in %.0f %% of the frames in which the voice rests".formatted(100 * silent));
        }
        boolean isVoice = sound.r() >= MIN_SOUND;
        if (!isVoice) {
            doubts.add("its sound is not the voice");
        }
        @Nullable Double r = null;
        @Nullable Integer lag = null;
        if (looks.isAsked()) {
            Looks.Agreement agreement = looks.agreement();
            double late = agreement.lagSeconds() - (isVoice ? sound.seconds() : 0);
            r = rounded(agreement.r());
            lag = agreement.r() >= MIN_R ? (int) Math.round(1000 * late) : null;
            doubt(looks, agreement.r(), late, doubts);
        }
        boolean isNothingSaid = r == null && Double.isNaN(silent);
        String note = doubts.isEmpty()
                ? isNothingSaid ? "The voice hardly asks for motion in the sampled frames." : null
                : "Look at this result: " + String.join("; ", doubts) + ".";
        return new MouthCheck(
                doubts.isEmpty() ? isNothingSaid ? Verdict.SKIPPED : Verdict.OK : Verdict.WARNING,
                r,
                lag,
                Double.isNaN(silent) ? null : rounded(silent),
                rounded(sampledSeconds),
                rounded(tookSeconds),
                note);
    }

    private static void doubt(Looks looks, double r, double late, List<String> doubts) {
        if (looks.motion() < STILL * looks.askedMotion()) {
            doubts.add("the mouth hardly moves");
        } else if (r < MIN_R) {
            doubts.add("the mouth does not follow the voice (correlation %.2f)".formatted(r));
        } else if (Math.abs(late) > MAX_LAG_SECONDS) {
            doubts.add("the mouth is %.0f ms %s than the sound"
                    .formatted(1000 * Math.abs(late), late > 0 ? "later" : "earlier"));
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
