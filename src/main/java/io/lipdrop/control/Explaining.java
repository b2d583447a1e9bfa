package io.lipdrop.control;

import io.lipdrop.history.EndedJob;
import io.lipdrop.history.History;
import io.lipdrop.job.JobState;
import io.lipdrop.status.BatchStatus;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.BatchStatuses;
import io.lipdrop.status.QueueStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says in sentences why a job or batch is where it is, and what can be done. */
@Component
public class Explaining {
    private final BatchStatuses open;
    private final History history;
    private final KnownJobs jobs;

    Explaining(BatchStatuses open, History history, KnownJobs jobs) {
        this.open = open;
        this.history = history;
        this.jobs = jobs;
    }

    /** Of a job's id, or a batch's name. */
    public String explain(String name) throws IOException {
        Optional<KnownJobs.Known> job = jobs.find(name);
        if (job.isPresent()) {
            return job(job.get());
        }
        return open.batch(name)
                .or(() -> history.batch(name).map(ended -> ended.status()))
                .map(this::batch)
                .orElse("There is no job or batch " + name + ".");
    }

    private String job(KnownJobs.Known known) throws IOException {
        JobStatus job = known.status();
        StringBuilder words = new StringBuilder("%s (%s of batch %s) is %s."
                .formatted(job.job(), job.video(), known.batch(), job.state().label()));
        switch (job.state()) {
            case WAITING -> words.append(" Its files are still to be checked.");
            case QUEUED -> words.append(whyQueued(job.job()));
            case RUNNING -> words.append(progress(job));
            case DONE -> words.append(" The result is outbox/%s/%s.".formatted(known.batch(), job.result()));
            case FAILED, CANCELLED -> words.append(failure(known.batch(), job));
        }
        return words.toString();
    }

    private String whyQueued(String job) {
        QueueStatus queue = open.queue();
        List<String> ahead = open.jobStandings().stream()
                .filter(other -> other.state() == JobState.QUEUED)
                .map(BatchStatuses.JobStanding::job)
                .toList();
        String place = " %d job(s) wait before it, %d run.".formatted(Math.max(0, ahead.indexOf(job)), queue.running());
        String reason = queue.reason();
        String wait = reason == null ? "" : " No job begins now: " + reason + ".";
        return place + wait + (queue.paused() == null ? "" : " Resume the queue to go on.");
    }

    private static String progress(JobStatus job) {
        StringBuilder words = new StringBuilder();
        if (job.phase() != null) {
            words.append(" Phase: ").append(job.phase().label()).append('.');
        }
        if (job.percent() != null && job.frames() != null) {
            words.append(" %s %% of %d frames.".formatted(job.percent(), job.frames()));
        }
        if (job.etaSeconds() != null) {
            words.append(" About %d s are left.".formatted(job.etaSeconds()));
        }
        return words.toString();
    }

    private String failure(String batch, JobStatus job) throws IOException {
        String message = job.message() == null ? "" : " " + job.message();
        Optional<EndedJob> ended = history.job(job.job());
        String hint = ended.isPresent()
                ? history.report(ended.get()).map(report -> report.hint()).orElse("")
                : "";
        String again = job.report() == null
                ? " Its report is no longer in error/."
                : " Report: error/%s/%s. Retry runs it again.".formatted(batch, job.report());
        return message + (hint == null || hint.isEmpty() ? "" : " " + hint) + again;
    }

    private String batch(BatchStatus batch) {
        StringBuilder words = new StringBuilder(
                "%s is %s: %s.".formatted(batch.batch(), batch.state().label(), batch.message()));
        batch.jobs().stream()
                .filter(job -> job.state() == JobState.FAILED)
                .limit(5)
                .forEach(job -> words.append("\n%s failed: %s".formatted(job.job(), job.message())));
        return words.toString();
    }
}
