package io.lipdrop.status.progress;

import io.lipdrop.job.Phase;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a running job was at one moment.
 *
 * @param phase what it is doing
 * @param since when it entered the phase
 * @param firstFrame how many frames were finished when the phase began
 * @param frame how many frames are finished
 * @param frames how many there will be; 0 while that is not known
 * @param at when this was told
 * @param drawnBy what draws it, in words, once that is known
 */
public record RunProgress(
        Phase phase,
        Instant since,
        long firstFrame,
        long frame,
        long frames,
        Instant at,
        @Nullable String drawnBy) {

    /** A job that begins. */
    public static RunProgress begun(Phase phase, Instant now) {
        return new RunProgress(phase, now, 0, 0, 0, now, null);
    }

    RunProgress enter(Phase next, Instant now) {
        return new RunProgress(next, now, frame, frame, frames, now, drawnBy);
    }

    RunProgress reach(long finished, long all, Instant now) {
        long first = frames == 0 ? finished : firstFrame; // a resumed job begins where it stopped
        return new RunProgress(phase, since, first, finished, all, now, drawnBy);
    }

    RunProgress drawnBy(String words) {
        return new RunProgress(phase, since, firstFrame, frame, frames, at, words);
    }

    /** Whether frames are counted yet. */
    public boolean isCounting() {
        return frames > 0;
    }

    /** Frames a second in this phase; 0 while nothing can be said. */
    public double framesPerSecond() {
        double seconds = Duration.between(since, at).toMillis() / 1000.0;
        return seconds <= 0 ? 0 : (frame - firstFrame) / seconds;
    }

    /** Of the frames, one digit behind the point. */
    public double percent() {
        return isCounting() ? Math.round(1000.0 * frame / frames) / 10.0 : 0;
    }

    /** How long it will still take, where that can be said. */
    public @Nullable Long etaSeconds() {
        double speed = framesPerSecond();
        return speed <= 0 ? null : Math.round((frames - frame) / speed);
    }
}
