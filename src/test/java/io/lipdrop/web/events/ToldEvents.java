package io.lipdrop.web.events;

import io.lipdrop.job.JobState;
import io.lipdrop.job.Phase;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.BatchSummary;
import io.lipdrop.status.StatusEvent;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events as the status tells them. */
final class ToldEvents {
    private ToldEvents() {}

    static StatusEvent batch(String batch, JobState state) {
        Instant end = state.isFinal() ? Instant.EPOCH : null;
        return new StatusEvent.BatchChanged(new BatchSummary(
                batch, batch + ".yaml", state, "words", Map.of(state, 1), Instant.EPOCH, end, Instant.EPOCH));
    }

    static StatusEvent job(String batch, String job, JobState state) {
        return new StatusEvent.JobChanged(batch, status(job, state, null));
    }

    static StatusEvent progress(String batch, String job, long frame) {
        return new StatusEvent.JobProgressed(batch, status(job, JobState.RUNNING, frame));
    }

    private static JobStatus status(String job, JobState state, @Nullable Long frame) {
        Phase phase = frame == null ? null : Phase.RENDERING;
        return new JobStatus(
                job, "film.mp4", state, phase, frame, frame, null, null, 0, null, null, null, null, Instant.EPOCH);
    }
}
