package io.lipdrop.status;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.lipdrop.queue.opening.HoursNow;
import io.lipdrop.queue.opening.Pause;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The queue.
 *
 * @param reason why no job begins now, if so
 * @param unreadable why the queue cannot be looked at now, if so; the counts are those of the last time then
 * @param queued how many jobs wait
 * @param running how many jobs run
 * @param paused who paused it, if someone has
 * @param hours how its hours stand, where there are any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueueStatus(
        State state,
        @Nullable String reason,
        @Nullable String unreadable,
        int queued,
        int running,
        Pause.@Nullable Paused paused,
        @Nullable HoursNow hours) {
    /** Whether jobs begin. */
    public enum State {
        /** The next job begins when a worker is free. */
        OPEN,
        /** No job begins until somebody resumes the queue. */
        PAUSED,
        /** No job begins until the machine is fit for it, or its hours have come. */
        WAITING;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static QueueStatus of(
            @Nullable String reason,
            @Nullable String unreadable,
            int queued,
            int running,
            Pause.@Nullable Paused paused,
            @Nullable HoursNow hours) {
        State state = paused != null ? State.PAUSED : reason == null && unreadable == null ? State.OPEN : State.WAITING;
        return new QueueStatus(state, reason, unreadable, queued, running, paused, hours);
    }

    /** Whether it waits because people want it to, which is no trouble. */
    @JsonIgnore
    public boolean isMeantToWait() {
        return paused != null || (hours != null && !hours.open());
    }

    /** Whether there is news; amounts in the reason, as of free space, are none. */
    boolean isChangedFrom(@Nullable QueueStatus last) {
        return last == null
                || state != last.state
                || queued != last.queued
                || running != last.running
                || !Objects.equals(paused, last.paused)
                || !Objects.equals(hours, last.hours)
                || !BatchSummary.isSameButAmounts(reason, last.reason)
                || !BatchSummary.isSameButAmounts(unreadable, last.unreadable);
    }
}
