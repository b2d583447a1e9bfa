package io.lipdrop.web.events;

import io.lipdrop.stage.Uptime;
import io.lipdrop.status.StatusEvent;
import io.lipdrop.status.StatusListener;
import io.lipdrop.web.problem.Problem;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** All clients of the events: told of what is new, and closed when Lipdrop stops. */
@Component
@ConditionalOnWebApplication
class EventClients implements StatusListener {
    static final int MAX_CLIENTS = 1000;

    private final EventLog events;
    private final Uptime uptime;
    private final Set<EventClient> clients = ConcurrentHashMap.newKeySet();
    private final Map<EventClient, SessionEnd> sessions = new ConcurrentHashMap<>();
    private volatile boolean isStopping;

    EventClients(EventLog events, Uptime uptime) {
        this.events = events;
        this.uptime = uptime;
    }

    /**
     * Makes sure that one more client may listen.
     *
     * @throws Problem 503 where there are too many, or Lipdrop stops
     */
    void requireRoom() {
        if (isStopping) {
            throw new Problem(
                    HttpStatus.SERVICE_UNAVAILABLE, "stopping", "Lipdrop stops.", "Try again when it has started.");
        }
        if (clients.size() >= MAX_CLIENTS) {
            throw new Problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "too-many-clients",
                    "%d clients listen to the events already.".formatted(MAX_CLIENTS),
                    "Close pages that nobody looks at, or read GET /api/batches instead.");
        }
    }

    /**
     * Sends to a client from now on.
     *
     * @param lastEventId what it had last, if anything
     * @param session with which it ends, if it has one
     */
    void add(
            AsyncContext context,
            ServletOutputStream out,
            Runnable cut,
            @Nullable String lastEventId,
            @Nullable HttpSession session) {
        EventClient client = new EventClient(
                events,
                events.after(lastEventId),
                new EventClient.Connection(context, out, cut),
                this::remove,
                uptime.now());
        clients.add(client);
        context.addListener(client);
        out.setWriteListener(client); // the server calls it when the request's thread has left
        if (session != null) {
            SessionEnd end = new SessionEnd(session, client::close);
            sessions.put(client, end);
            end.watch();
            if (!clients.contains(client)) {
                release(client); // it has ended just before
            }
        }
        if (isStopping) {
            client.close();
        }
    }

    private void remove(EventClient client) {
        clients.remove(client);
        release(client);
    }

    private void release(EventClient client) {
        SessionEnd end = sessions.remove(client);
        if (end != null) {
            end.release();
        }
    }

    @Override
    public void hear(StatusEvent event) {
        if (events.add(event)) {
            clients.forEach(EventClient::write);
        }
    }

    @Scheduled(initialDelayString = "PT1S", fixedDelayString = "PT1S")
    void tick() {
        clients.forEach(client -> client.tick(uptime.now()));
    }

    /** A graceful stop waits for open requests. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        isStopping = true;
        clients.forEach(EventClient::close);
    }

    int count() {
        return clients.size();
    }
}
