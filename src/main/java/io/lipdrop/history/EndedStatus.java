package io.lipdrop.history;

import io.lipdrop.home.TakenNames;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.JobState;
import io.lipdrop.status.BatchStatus;
import io.lipdrop.status.BatchStatus.JobStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of an ended batch from documents that may be old, or not ours. */
final class EndedStatus {
    private EndedStatus() {}

    /** Whether a document that was read is the last status of this batch: a folder that someone renamed is not the batch any more. */
    static boolean isOf(String id, BatchStatus status) {
        return status.batch() != null
                && status.manifest() != null
                && status.state() != null
                && status.message() != null
                && status.updatedAt() != null
                && status.state().isFinal()
                && TakenNames.folded(status.batch()).equals(TakenNames.folded(id))
                && status.jobs().stream().allMatch(EndedStatus::isEnded);
    }

    private static boolean isEnded(JobStatus job) {
        return job.job() != null
                && job.video() != null
                && job.state() != null
                && job.state().isFinal()
                && job.updatedAt() != null;
    }

    /** The same with both times: earlier versions wrote neither. */
    static BatchStatus complete(BatchStatus status) {
        Instant first = first(status.jobs(), status.updatedAt());
        Instant last = last(status.jobs(), status.updatedAt());
        Instant finishedAt = Objects.requireNonNullElse(status.finishedAt(), last);
        return status.between(Objects.requireNonNullElse(status.createdAt(), first), finishedAt);
    }

    /** Of a batch of which only reports are left. */
    static BatchStatus ofReports(String id, Map<String, ErrorReport> reports) {
        List<JobStatus> jobs = new ArrayList<>();
        reports.forEach((file, report) -> {
            if (report.job() != null && report.video() != null) {
                jobs.add(JobStatus.reported(
                        report.job(),
                        report.video(),
                        stateOf(report),
                        report.attempts(),
                        file,
                        report.code(),
                        report.message(),
                        Objects.requireNonNull(report.at())));
            }
        });
        List<Instant> times = reports.values().stream()
                .flatMap(report -> Stream.ofNullable(report.at()))
                .sorted()
                .toList();
        boolean isFailed = reports.values().stream().anyMatch(report -> stateOf(report) == JobState.FAILED);
        Instant first = times.get(0);
        Instant last = times.get(times.size() - 1);
        return new BatchStatus(
                id,
                id + ".yaml",
                isFailed ? JobState.FAILED : JobState.CANCELLED,
                "%d report(s); nothing of it is in the outbox any more".formatted(reports.size()),
                first,
                last,
                last,
                jobs);
    }

    private static JobState stateOf(ErrorReport report) {
        return FailureCode.CANCELLED.code().equals(report.code()) ? JobState.CANCELLED : JobState.FAILED;
    }

    private static Instant first(List<JobStatus> jobs, Instant or) {
        return jobs.stream().map(JobStatus::updatedAt).min(Instant::compareTo).orElse(or);
    }

    private static Instant last(List<JobStatus> jobs, @Nullable Instant or) {
        return jobs.stream().map(JobStatus::updatedAt).max(Instant::compareTo).orElse(Objects.requireNonNull(or));
    }
}
