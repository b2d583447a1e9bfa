package io.lipdrop.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The queue.
 *
 * @param reason why no job begins now, if so
 * @param unreadable why the queue cannot be looked at now, if so; the counts are those of the last time then
 * @param queued how many jobs wait
 * @param running how many jobs run
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueueStatus(
        State state, @Nullable String reason, @Nullable String unreadable, int queued, int running) {
    /** Whether jobs begin. */
    public enum State {
        /** The next job begins when a worker is free. */
        OPEN,
        /** No job begins until the machine is fit for it. */
        WAITING;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static QueueStatus of(@Nullable String reason, @Nullable String unreadable, int queued, int running) {
        State state = reason == null && unreadable == null ? State.OPEN : State.WAITING;
        return new QueueStatus(state, reason, unreadable, queued, running);
    }

    /** Whether there is news; amounts in the reason, as of free space, are none. */
    boolean isChangedFrom(@Nullable QueueStatus last) {
        return last == null
                || state != last.state
                || queued != last.queued
                || running != last.running
                || !BatchSummary.isSameButAmounts(reason, last.reason)
                || !BatchSummary.isSameButAmounts(unreadable, last.unreadable);
    }
}
