package io.lipdrop.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a job ended.
 *
 * @param state done, failed or cancelled
 * @param result the finished video's file name
 * @param code why it failed
 * @param message why it failed, or what is doubtful about the result, in words
 * @param mouthCheck what a look at the finished video has shown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(
        String job,
        JobState state,
        @Nullable String result,
        @Nullable String code,
        @Nullable String message,
        Instant at,
        @Nullable MouthCheck mouthCheck) {

    @JsonCreator
    public Outcome {}

    public Outcome(
            String job,
            JobState state,
            @Nullable String result,
            @Nullable String code,
            @Nullable String message,
            Instant at) {
        this(job, state, result, code, message, at, null);
    }

    /**
     * Whether the mouth in a finished video moves as the voice asks.
     *
     * @param r correlation of the opening that was asked for with the one that is seen, at the best lag
     * @param lagMs how much later than the sound the mouth moves, milliseconds; negative: earlier
     * @param silentMotionShare in which share of the frames where the voice rests the mouth moves
     * @param sampledSeconds how much of the video was looked at
     * @param tookSeconds how long that took
     * @param note what is wrong, or why nothing can be said
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MouthCheck(
            Verdict verdict,
            @Nullable Double r,
            @Nullable Integer lagMs,
            @Nullable Double silentMotionShare,
            double sampledSeconds,
            double tookSeconds,
            @Nullable String note) {

        /** Nothing can be said. */
        public static MouthCheck skipped(String why) {
            return new MouthCheck(Verdict.SKIPPED, null, null, null, 0, 0, why);
        }

        /** What there is to say. */
        public enum Verdict {
            OK,
            WARNING,
            SKIPPED;

            @JsonValue
            public String label() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }
}
