package io.lipdrop.web.events;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: its place in the log, and the connection. It is written to only as far as the connection takes something up, by
 * whoever has news or by the server when there is room again; no thread waits for it.
 */
final class EventClient implements WriteListener, AsyncListener {
    /** A connection that takes nothing up for so long is cut. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Then the client comes back, and must still be somebody who may see this. */
    static final Duration LIFETIME = Duration.ofMinutes(30);

    /** A client that hears nothing for so long gets a comment. */
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private static final Logger log = LoggerFactory.getLogger(EventClient.class);

    private static final List<byte[]> BEGIN = List.of(bytes("retry: 2000\n\n"));
    private static final List<byte[]> COMMENT = List.of(bytes(":\n\n"));

    private final EventLog events;
    private final Connection connection;
    private final Consumer<EventClient> ended;
    private Iterator<byte[]> first = BEGIN.iterator();
    private long sent;
    private final Duration since;
    private Duration quietSince;
    private @Nullable Duration fullSince;
    private boolean isOpen; // not before the server says so
    private boolean isFull;
    private boolean isQuiet;
    private boolean isToFlush;
    private boolean isEnded;

    /**
     * How a client is reached.
     *
     * @param cut drops it at once, with what it has not taken up
     */
    record Connection(AsyncContext context, ServletOutputStream out, Runnable cut) {}

    /**
     * A client.
     *
     * @param sent the number of the event that it had last; -1 where it begins with the state
     * @param ended is told when nothing is sent any more
     */
    EventClient(EventLog events, long sent, Connection connection, Consumer<EventClient> ended, Duration now) {
        this.events = events;
        this.connection = connection;
        this.ended = ended;
        this.sent = sent;
        this.since = now;
        this.quietSince = now;
    }

    @Override
    public synchronized void onWritePossible() {
        isOpen = true;
        isFull = false;
        if (isEnded) {
            complete();
        } else {
            write();
        }
    }

    /** There may be news. */
    synchronized void write() {
        ServletOutputStream out = connection.out();
        try {
            while (isOpen && !isEnded && !isFull) {
                if (!out.isReady()) {
                    isFull = true; // the server calls when there is room
                    return;
                }
                byte[] block = next();
                if (block != null) {
                    out.write(block);
                    isToFlush = true;
                } else if (isToFlush) {
                    isToFlush = false;
                    isQuiet = false;
                    out.flush();
                } else {
                    return;
                }
            }
        } catch (IOException | RuntimeException e) {
            log.debug("A client of the events is gone", e);
            end();
        }
    }

    private byte @Nullable [] next() {
        if (!first.hasNext() && !events.isKept(sent)) {
            EventLog.Snapshot snapshot = events.snapshot();
            first = snapshot.blocks().iterator();
            sent = snapshot.number();
        }
        if (first.hasNext()) {
            return first.next();
        }
        Event event = events.next(sent);
        if (event == null) {
            return null;
        }
        sent = event.number();
        return event.block();
    }

    /** Each second: says that Lipdrop is still there, and cuts a connection that takes nothing up. */
    synchronized void tick(Duration now) {
        quietSince = isQuiet ? quietSince : now;
        isQuiet = true;
        fullSince = !isFull ? null : fullSince == null ? now : fullSince;
        if (isEnded) {
            return;
        }
        if (fullSince != null) {
            if (isPast(fullSince, PATIENCE, now)) {
                connection.cut().run();
            }
        } else if (isPast(since, LIFETIME, now)) {
            end();
        } else if (isPast(quietSince, PAUSE, now) && !first.hasNext()) {
            first = COMMENT.iterator();
            write();
        }
    }

    /** Sends nothing more. */
    synchronized void close() {
        if (isFull) {
            connection.cut().run(); // the server would wait for it to take up what is still to be sent
        } else {
            end();
        }
    }

    private void end() {
        if (!isEnded) {
            isEnded = true;
            ended.accept(this);
            if (isOpen) {
                complete();
            }
        }
    }

    private void complete() {
        try {
            connection.context().complete();
        } catch (IllegalStateException e) {
            log.debug("The server has ended it already", e);
        }
    }

    @Override
    public synchronized void onError(Throwable error) {
        isOpen = true;
        end();
    }

    @Override
    public synchronized void onError(AsyncEvent event) {
        isOpen = true;
        end();
    }

    @Override
    public synchronized void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public synchronized void onComplete(AsyncEvent event) {
        isEnded = true;
        ended.accept(this);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}

    private static boolean isPast(Duration since, Duration time, Duration now) {
        return now.minus(since).compareTo(time) >= 0;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
