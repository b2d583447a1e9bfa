package io.lipdrop.status;

import io.lipdrop.status.StatusEvent.HealthChanged;
import io.lipdrop.status.StatusEvent.JobProgressed;
import io.lipdrop.status.StatusEvent.Looked;
import io.lipdrop.status.StatusEvent.QueueChanged;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Tells every listener what has changed, each in threads of its own. */
@Component
public class StatusEvents implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(StatusEvents.class);

    /** For what is still to be told when the process stops. */
    private static final long SECONDS_AT_THE_END = 2;

    private final Executor threads;
    private final List<Mailbox> mailboxes;

    @Autowired
    StatusEvents(List<StatusListener> listeners) {
        this(listeners, Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "lipdrop-status");
            thread.setDaemon(true);
            return thread;
        }));
    }

    StatusEvents(List<StatusListener> listeners, Executor threads) {
        this.threads = threads;
        this.mailboxes = listeners.stream().map(Mailbox::new).toList();
    }

    /** Tells this event after all that were published before; returns at once. */
    public synchronized void publish(StatusEvent event) {
        mailboxes.forEach(mailbox -> mailbox.add(event));
    }

    @Override
    public void destroy() throws InterruptedException {
        if (threads instanceof ExecutorService service) {
            service.shutdown();
            if (!service.awaitTermination(SECONDS_AT_THE_END, TimeUnit.SECONDS)) {
                service.shutdownNow();
            }
        }
    }

    /** Events with the same key replace each other while they wait. */
    private static Object keyOf(StatusEvent event) {
        if (event instanceof JobProgressed progressed) {
            return progressed.job().job();
        }
        boolean isReplaced = event instanceof QueueChanged || event instanceof HealthChanged || event instanceof Looked;
        return isReplaced ? event.getClass() : new Object();
    }

    /** What one listener has still to hear. */
    private final class Mailbox {
        private final StatusListener listener;
        private final Map<Object, StatusEvent> waiting = new LinkedHashMap<>();
        private boolean isBeingEmptied;
        private @Nullable String lastError;

        Mailbox(StatusListener listener) {
            this.listener = listener;
        }

        void add(StatusEvent event) {
            synchronized (waiting) {
                Object key = keyOf(event);
                waiting.remove(key); // the newer one comes last: after what changed in between
                waiting.put(key, event);
                if (isBeingEmptied) {
                    return;
                }
                isBeingEmptied = true;
            }
            try {
                threads.execute(this::empty);
            } catch (RejectedExecutionException e) {
                log.debug("Lipdrop stops; {} is not told of {}", listener, event, e);
            } catch (Error e) { // no thread for now: it is told with the next event
                log.warn("{} cannot be told of {} now: {}", listener, event, e.toString());
                synchronized (waiting) {
                    isBeingEmptied = false;
                }
            }
        }

        private void empty() {
            for (StatusEvent next = next(); next != null; next = next()) {
                tell(next);
            }
        }

        private @Nullable StatusEvent next() {
            synchronized (waiting) {
                Iterator<StatusEvent> events = waiting.values().iterator();
                if (!events.hasNext()) {
                    isBeingEmptied = false;
                    return null;
                }
                StatusEvent next = events.next();
                events.remove();
                return next;
            }
        }

        /** What a listener throws is logged once, until it is something else. */
        private void tell(StatusEvent event) {
            try {
                listener.hear(event);
            } catch (RuntimeException | Error e) {
                String error = e.toString();
                if (!error.equals(lastError)) {
                    lastError = error;
                    log.warn("{} could not deal with a change: {}", listener, event, e);
                }
            }
        }
    }
}
