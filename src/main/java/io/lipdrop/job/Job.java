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
 * @param preflight what validation saw of it; absent before
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
        @Nullable Long neededBytes,
        @Nullable Preflight preflight) {

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
                null,
                null);
    }

    public Job withAttempts(int count) {
        return with(priority, count, neededBytes, preflight);
    }

    /** The same job with another priority. */
    public Job withPriority(int other) {
        return with(other, attempts, neededBytes, preflight);
    }

    /** The same job with what validation saw of it. */
    public Job seen(Preflight known) {
        return with(priority, attempts, known.diskBytes(), known);
    }

    private Job with(int priorityThen, int attemptsThen, @Nullable Long bytesThen, @Nullable Preflight preflightThen) {
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
                bytesThen,
                preflightThen);
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

    /**
     * What validation saw of a job before it began. How faces show is known of a few sampled frames.
     *
     * @param width of the result, pixels
     * @param height of the result, pixels
     * @param still whether the video is an image
     * @param sampledFrames how many frames were looked at
     * @param faceCoverage in which share of them there is a face, 0 to 1
     * @param smallestFace height of the smallest face, forehead to chin, pixels; absent where none was seen
     * @param largestTurn how far the face turns aside at most, degrees; absent where none was seen
     * @param seconds length of the result; absent where the voice's file does not tell
     * @param frames of the result; absent likewise
     * @param diskBytes disk space while it is made; absent likewise
     * @param estimateSeconds how long this machine will take, by its last jobs; absent before the first
     * @param roughEstimate whether there are few such jobs yet, or they were of another kind; absent where there is no estimate
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Preflight(
            int width,
            int height,
            boolean still,
            int sampledFrames,
            double faceCoverage,
            @Nullable Integer smallestFace,
            @Nullable Integer largestTurn,
            @Nullable Double seconds,
            @Nullable Long frames,
            @Nullable Long diskBytes,
            @Nullable Long estimateSeconds,
            @Nullable Boolean roughEstimate) {

        /** The same with an estimate. */
        public Preflight estimated(long inSeconds, boolean isRough) {
            return new Preflight(
                    width,
                    height,
                    still,
                    sampledFrames,
                    faceCoverage,
                    smallestFace,
                    largestTurn,
                    seconds,
                    frames,
                    diskBytes,
                    inSeconds,
                    isRough);
        }
    }
}
