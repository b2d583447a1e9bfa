package io.lipdrop.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One video to make: the document in the queue.
 *
 * @param id unique, safe as a file name
 * @param batch whose folder in the outbox gets the result
 * @param stem the result's name without {@code .mp4}
 * @param audioName the voice as the user named it
 * @param audio where the voice is now
 * @param videoName the video as the user named it
 * @param video where the video is now
 * @param options all options, none missing
 * @param priority 0–9, higher first
 * @param sequence its position in the batch
 * @param attempts how many earlier attempts did not finish
 * @param acceptedAt when its drop was taken
 * @param neededBytes the disk space that its rendering needs, if validation could compute it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Job(
        String id,
        String batch,
        String stem,
        String audioName,
        Path audio,
        String videoName,
        Path video,
        Options options,
        int priority,
        int sequence,
        int attempts,
        Instant acceptedAt,
        @Nullable Long neededBytes) {

    /** After this many attempts that ended in a crash, the job fails as {@code worker-crashed}. */
    public static final int MAX_ATTEMPTS = 3;

    @JsonCreator
    public Job {}

    /** A job before validation. */
    public Job(
            String id,
            String batch,
            String stem,
            String audioName,
            Path audio,
            String videoName,
            Path video,
            Options options,
            int priority,
            int sequence,
            int attempts,
            Instant acceptedAt) {
        this(
                id,
                batch,
                stem,
                audioName,
                audio,
                videoName,
                video,
                options,
                priority,
                sequence,
                attempts,
                acceptedAt,
                null);
    }

    public Job withAttempts(int count) {
        return with(count, neededBytes);
    }

    /** The same job with the disk space that it needs. */
    public Job needing(long bytes) {
        return with(attempts, bytes);
    }

    /** The same job with another priority. */
    public Job withPriority(int other) {
        return with(other, attempts, neededBytes);
    }

    private Job with(int attemptsThen, @Nullable Long bytesThen) {
        return with(priority, attemptsThen, bytesThen);
    }

    private Job with(int priorityThen, int attemptsThen, @Nullable Long bytesThen) {
        return new Job(
                id,
                batch,
                stem,
                audioName,
                audio,
                videoName,
                video,
                options,
                priorityThen,
                sequence,
                attemptsThen,
                acceptedAt,
                bytesThen);
    }

    /** Whether a document that was read had everything that is needed of a job. */
    @JsonIgnore
    public boolean isComplete() {
        return id != null
                && batch != null
                && stem != null
                && videoName != null
                && video != null
                && audioName != null
                && audio != null
                && options != null
                && acceptedAt != null;
    }

    @JsonIgnore
    public boolean isOutOfAttempts() {
        return attempts >= MAX_ATTEMPTS;
    }

    /** Whether this is its last attempt. */
    @JsonIgnore
    public boolean isOnLastAttempt() {
        return attempts + 1 >= MAX_ATTEMPTS;
    }
}
