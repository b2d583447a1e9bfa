package io.lipdrop.web.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lipdrop.status.StatusEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/**
 * The last events in a ring, and the present state. Every client reads the same ring, each at its own place, so that one that is
 * slow holds nothing but its number. Where the ring has lost what a client needs, the client starts again with the state.
 */
@Component
@ConditionalOnWebApplication
class EventLog {
    /** Minutes of a busy queue: about 350 bytes an event, sixteen events a job. */
    private static final int MAX_EVENTS = 1 << 15;

    private static final long MAX_BYTES = 8 << 20;

    /** A snapshot serves later clients too, with the events since: a restart brings all of them back at once. */
    private static final int SNAPSHOT_SERVES = 500;

    private static final Pattern ID = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    private final EventJson json;
    private final String epoch;
    private final int maxEvents;
    private final long maxBytes;
    private final @Nullable Event[] ring;
    private final PresentState present = new PresentState();
    private long newest;
    private long oldest = 1;
    private long bytes;
    private @Nullable Snapshot snapshot;

    @Autowired
    EventLog(EventJson json, Clock clock) {
        this(json, clock, MAX_EVENTS, MAX_BYTES);
    }

    EventLog(EventJson json, Clock clock, int maxEvents, long maxBytes) {
        this.json = json;
        this.epoch = Long.toString(clock.millis());
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.ring = new Event[maxEvents];
    }

    /**
     * The state at one moment.
     *
     * @param number the event after which it was so
     * @param blocks what to send; the last has the id
     */
    record Snapshot(long number, List<byte[]> blocks) {}

    /** Takes an event in; false where clients are not told of it. */
    synchronized boolean add(StatusEvent told) {
        String name = json.name(told);
        if (name == null) {
            return false;
        }
        long number = newest + 1;
        String progressOf = told instanceof StatusEvent.JobProgressed progressed
                ? progressed.job().job()
                : null;
        Event event = Event.of(epoch + "-" + number, number, name, json.data(told), progressOf);
        if (number - oldest >= maxEvents) {
            forgetOldest();
        }
        newest = number;
        ring[(int) (number % maxEvents)] = event;
        bytes += event.block().length;
        while (bytes > maxBytes && oldest < newest) {
            forgetOldest();
        }
        present.hear(told, event);
        return true;
    }

    /** The number behind a {@code Last-Event-ID}; -1 where it is not one of this start, or what came after it is lost. */
    synchronized long after(@Nullable String lastEventId) {
        Matcher id = ID.matcher(lastEventId == null ? "" : lastEventId.strip());
        if (!id.matches() || !id.group(1).equals(epoch)) {
            return -1;
        }
        long number = Long.parseLong(id.group(2));
        return isKept(number) ? number : -1;
    }

    /** Whether all events after this number can still be sent. */
    synchronized boolean isKept(long number) {
        return number >= oldest - 1 && number <= newest;
    }

    /** The next event after this number that is still news; nothing where there is none, or where what comes after it is lost. */
    synchronized @Nullable Event next(long number) {
        if (!isKept(number)) {
            return null;
        }
        for (long next = number + 1; next <= newest; next++) {
            Event event = Objects.requireNonNull(ring[(int) (next % maxEvents)]);
            if (event.progressOf() == null || present.isNewest(event)) {
                return event;
            }
        }
        return null;
    }

    /** The state, now or not long ago. */
    synchronized Snapshot snapshot() {
        Snapshot known = snapshot;
        if (known == null || newest - known.number > SNAPSHOT_SERVES || !isKept(known.number)) {
            List<byte[]> blocks = new ArrayList<>();
            blocks.add(Event.body("reset", "{}".getBytes(UTF_8)));
            present.events().forEach(event -> blocks.add(event.withoutId()));
            blocks.add(("id: " + epoch + "-" + newest + "\n\n").getBytes(UTF_8));
            known = new Snapshot(newest, List.copyOf(blocks));
            snapshot = known;
        }
        return known;
    }

    /** How many events are in memory. */
    synchronized long held() {
        return Arrays.stream(ring).filter(Objects::nonNull).count();
    }

    private void forgetOldest() {
        int place = (int) (oldest % maxEvents);
        bytes -= Objects.requireNonNull(ring[place]).block().length;
        ring[place] = null; // or its bytes would be held until another one takes the place
        oldest++;
    }
}
