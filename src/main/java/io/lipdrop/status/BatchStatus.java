package io.lipdrop.status;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Names;
import io.lipdrop.job.Failure;
import io.lipdrop.job.Job;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Outcome;
import io.lipdrop.job.Outcome.MouthCheck;
import io.lipdrop.job.Phase;
import io.lipdrop.status.progress.RunProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code outbox/<batch>/status.json}: the batch, live.
 *
 * @param manifest the manifest's path in the inbox
 * @param state where the batch as a whole stands
 * @param message what is going on, in words
 * @param createdAt when it left the inbox, or was first seen there; absent in documents of earlier versions
 * @param finishedAt when the last of its jobs ended; absent before
 * @param jobs in the manifest's order; none while the drop is in the inbox, or where all of it was refused
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchStatus(
        String batch,
        String manifest,
        JobState state,
        String message,
        @Nullable Instant createdAt,
        @Nullable Instant finishedAt,
        Instant updatedAt,
        List<JobStatus> jobs) {
    public BatchStatus {
        jobs = List.copyOf(jobs);
    }

    /** A drop that is no batch of jobs: not yet, or never. */
    static BatchStatus ofDrop(String batch, String manifest, JobState state, String message, Instant at) {
        return new BatchStatus(batch, manifest, state, message, at, state.isFinal() ? at : null, at, List.of());
    }

    /** When it left the inbox, or was first told of, where that was not written down. */
    Instant cameAt() {
        return Objects.requireNonNullElse(createdAt, updatedAt);
    }

    BatchStatus createdAt(Instant at) {
        return between(at, finishedAt);
    }

    /** The same with these times. */
    public BatchStatus between(Instant came, @Nullable Instant ended) {
        return new BatchStatus(batch, manifest, state, message, came, ended, updatedAt, jobs);
    }

    /** The same with these jobs. */
    public BatchStatus with(List<JobStatus> its) {
        return new BatchStatus(batch, manifest, state, message, createdAt, finishedAt, updatedAt, its);
    }

    public static BatchStatus read(Path file) throws IOException {
        return Documents.read(file, BatchStatus.class);
    }

    /**
     * A batch, or a drop that never became one, has ended: published by the thread that ends it, when its last status is on disk
     * and before it is open no longer. After a crash in between it is published once more. A listener that throws {@link
     * java.io.UncheckedIOException} holds the end up, and is told again within a second.
     *
     * @param last what {@code status.json} says from now on
     */
    public record Ended(BatchStatus last) {}

    /**
     * One job of the batch, live.
     *
     * @param percent of the frames, one digit behind the point
     * @param etaSeconds how long it will still take, from the second half-second of rendering on
     * @param result the finished video's file name
     * @param report the report's file name in {@code error/<batch>/}, when it failed or was cancelled
     * @param error the code, when it failed
     * @param startsInSeconds when it will begin, while it waits and if that can be said
     * @param preflight what validation saw of it
     * @param mouthCheck what a look at the finished video has shown
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record JobStatus(
            String job,
            String video,
            JobState state,
            @Nullable Phase phase,
            @Nullable Long frame,
            @Nullable Long frames,
            @Nullable Double percent,
            @Nullable Long etaSeconds,
            int attempts,
            @Nullable String result,
            @Nullable String report,
            @Nullable String error,
            @Nullable String message,
            Instant updatedAt,
            @Nullable Long startsInSeconds,
            @Nullable Preflight preflight,
            @Nullable MouthCheck mouthCheck) {

        @JsonCreator
        public JobStatus {}

        /** Without what is known before a job begins and after it has ended. */
        public JobStatus(
                String job,
                String video,
                JobState state,
                @Nullable Phase phase,
                @Nullable Long frame,
                @Nullable Long frames,
                @Nullable Double percent,
                @Nullable Long etaSeconds,
                int attempts,
                @Nullable String result,
                @Nullable String report,
                @Nullable String error,
                @Nullable String message,
                Instant updatedAt) {
            this(
                    job,
                    video,
                    state,
                    phase,
                    frame,
                    frames,
                    percent,
                    etaSeconds,
                    attempts,
                    result,
                    report,
                    error,
                    message,
                    updatedAt,
                    null,
                    null,
                    null);
        }

        /** The same with what is known before it begins and after it has ended. */
        JobStatus with(@Nullable Long startsIn, @Nullable Preflight before, @Nullable MouthCheck after) {
            return with(result, report, startsIn, before, after);
        }

        /** A job that validation has not seen yet. */
        static JobStatus waiting(Job job, Instant at) {
            return notBegun(job, JobState.WAITING, "not checked yet", at);
        }

        /**
         * A job in the queue.
         *
         * @param obstacle why no job begins now, if so
         */
        static JobStatus queued(Job job, @Nullable String obstacle, Instant at) {
            return notBegun(job, JobState.QUEUED, obstacle, at);
        }

        static JobStatus running(Job job, RunProgress run, Instant at) {
            boolean isCounting = run.isCounting();
            return new JobStatus(
                    job.id(),
                    job.videoName(),
                    JobState.RUNNING,
                    run.phase(),
                    isCounting ? run.frame() : null,
                    isCounting ? run.frames() : null,
                    run.percent(),
                    run.etaSeconds(),
                    job.attempts(),
                    null,
                    null,
                    null,
                    run.drawnBy(),
                    at);
        }

        static JobStatus ended(Job job, Outcome outcome) {
            return new JobStatus(
                    job.id(),
                    job.videoName(),
                    outcome.state(),
                    null,
                    null,
                    null,
                    outcome.state() == JobState.DONE ? 100.0 : null,
                    null,
                    job.attempts(),
                    outcome.result(),
                    outcome.state() == JobState.DONE ? null : Names.report(job.stem()),
                    outcome.code(),
                    outcome.message(),
                    outcome.at());
        }

        /** A job of which nothing is left but its report. */
        public static JobStatus reported(
                String job,
                String video,
                JobState state,
                int attempts,
                String report,
                String error,
                @Nullable String message,
                Instant at) {
            return new JobStatus(
                    job, video, state, null, null, null, null, null, attempts, null, report, error, message, at);
        }

        /** The same without the names of files that are gone. */
        public JobStatus without(boolean resultToo, boolean reportToo) {
            return with(resultToo ? null : result, reportToo ? null : report, startsInSeconds, preflight, mouthCheck);
        }

        private JobStatus with(
                @Nullable String itsResult,
                @Nullable String itsReport,
                @Nullable Long startsIn,
                @Nullable Preflight before,
                @Nullable MouthCheck after) {
            return new JobStatus(
                    job,
                    video,
                    state,
                    phase,
                    frame,
                    frames,
                    percent,
                    etaSeconds,
                    attempts,
                    itsResult,
                    itsReport,
                    error,
                    message,
                    updatedAt,
                    startsIn,
                    before,
                    after);
        }

        /** A job that was cancelled and whose report is being written. */
        static JobStatus cancelled(Job job, String by, Instant at) {
            Failure failure = Failure.cancelled(job.videoName(), by);
            Outcome outcome = new Outcome(
                    job.id(), JobState.CANCELLED, null, failure.code().code(), failure.reason(), at);
            return ended(job, outcome);
        }

        private static JobStatus notBegun(Job job, JobState state, @Nullable String message, Instant at) {
            return new JobStatus(
                    job.id(),
                    job.videoName(),
                    state,
                    null,
                    null,
                    null,
                    null,
                    null,
                    job.attempts(),
                    null,
                    null,
                    null,
                    message,
                    at);
        }

        /**
         * Whether something other than its progress has changed. What every job in the queue waits for is told of the queue,
         * not of each of them.
         */
        boolean isChangedFrom(@Nullable JobStatus last) {
            return last == null
                    || state != last.state
                    || phase != last.phase
                    || attempts != last.attempts
                    || !Objects.equals(result, last.result)
                    || !Objects.equals(error, last.error)
                    || (state != JobState.QUEUED && !Objects.equals(message, last.message));
        }
    }
}
