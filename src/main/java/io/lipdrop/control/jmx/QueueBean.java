package io.lipdrop.control.jmx;

import io.lipdrop.control.Answer;
import io.lipdrop.control.Cancelling;
import io.lipdrop.control.Explaining;
import io.lipdrop.control.Places;
import io.lipdrop.control.Retrying;
import io.lipdrop.queue.opening.HoursNow;
import io.lipdrop.queue.opening.Pause;
import io.lipdrop.status.BatchStatuses;
import java.io.IOException;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.stereotype.Component;

/** The queue as a console sees it. Answers are sentences. */
@Component
@ManagedResource(
        objectName = "io.lipdrop:type=Queue",
        description = "The queue of jobs: looked at, paused, put in order")
public class QueueBean {
    private static final String BY = "mbean";

    private final BatchStatuses statuses;
    private final Pause pause;
    private final Cancelling cancelling;
    private final Retrying retrying;
    private final Places places;
    private final Explaining explaining;

    QueueBean(
            BatchStatuses statuses,
            Pause pause,
            Cancelling cancelling,
            Retrying retrying,
            Places places,
            Explaining explaining) {
        this.statuses = statuses;
        this.pause = pause;
        this.cancelling = cancelling;
        this.retrying = retrying;
        this.places = places;
        this.explaining = explaining;
    }

    @ManagedAttribute(description = "open, paused or waiting")
    public String getState() {
        return statuses.queue().state().label();
    }

    @ManagedAttribute(description = "Why no job begins now; empty where jobs begin")
    public String getReason() {
        String reason = statuses.queue().reason();
        String unreadable = statuses.queue().unreadable();
        return reason != null ? reason : unreadable != null ? unreadable : "";
    }

    @ManagedAttribute(description = "How many jobs wait")
    public int getQueued() {
        return statuses.queue().queued();
    }

    @ManagedAttribute(description = "How many jobs run")
    public int getRunning() {
        return statuses.queue().running();
    }

    @ManagedAttribute(description = "The hours in which jobs begin (lipdrop.queue.hours); empty: always")
    public String getHours() {
        HoursNow hours = statuses.queue().hours();
        return hours == null ? "" : "%s (%s)".formatted(hours.spec(), hours.zone());
    }

    @ManagedOperation(description = "Lets no further job begin until resume; running jobs go on")
    public String pause() {
        pause.begin(BY);
        return "The queue is paused.";
    }

    @ManagedOperation(description = "Ends a pause")
    public String resume() throws IOException {
        pause.end(BY);
        return "The queue is resumed.";
    }

    @ManagedOperation(description = "Cancels a job that waits or runs; a running one ends within two seconds")
    @ManagedOperationParameter(name = "job", description = "The job's id, as in status.json")
    public String cancel(String job) throws IOException {
        return words(job, cancelling.job(job, BY), "is cancelled");
    }

    @ManagedOperation(description = "Runs a failed or cancelled job again, as a batch of its own")
    @ManagedOperationParameter(name = "job", description = "The job's id, as in status.json")
    public String retry(String job) throws IOException {
        Retrying.Retry retry = retrying.job(job, BY);
        return retry.answer() == Answer.DONE
                ? "%s runs again as batch %s.".formatted(job, retry.batch())
                : retry.detail();
    }

    @ManagedOperation(description = "Gives a waiting job another priority")
    @ManagedOperationParameter(name = "job", description = "The job's id, as in status.json")
    @ManagedOperationParameter(name = "priority", description = "0 to 9; higher comes first")
    public String setPriority(String job, int priority) throws IOException {
        if (priority < 0 || priority > 9) {
            return "A priority is a number from 0 to 9.";
        }
        return words(job, places.setPriority(job, priority, BY), "has priority " + priority);
    }

    @ManagedOperation(description = "Says why a job or batch waits, runs or failed, and what to do")
    @ManagedOperationParameter(name = "name", description = "A job's id, or a batch's name")
    public String explain(String name) throws IOException {
        return explaining.explain(name);
    }

    private static String words(String job, Answer answer, String done) {
        return switch (answer) {
            case DONE -> "%s %s.".formatted(job, done);
            case ENDED -> "%s has ended.".formatted(job);
            case NOT_NOW -> "%s does not wait in the queue now.".formatted(job);
            case UNKNOWN -> "There is no job %s.".formatted(job);
        };
    }
}
