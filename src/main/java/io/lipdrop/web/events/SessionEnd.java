package io.lipdrop.web.events;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a client with the session in which it began, by logout or because the session has expired. It lies in the session under a
 * name of its own: a session's id changes with the login.
 */
final class SessionEnd implements HttpSessionBindingListener {
    private static final Logger log = LoggerFactory.getLogger(SessionEnd.class);
    private static final AtomicLong COUNT = new AtomicLong();

    private final HttpSession session;
    private final Runnable end;
    private volatile boolean isReleased;
    private final String name = SessionEnd.class.getName() + COUNT.incrementAndGet();

    /**
     * Of one client.
     *
     * @param end called when the session ends, by whoever ends it
     */
    SessionEnd(HttpSession session, Runnable end) {
        this.session = session;
        this.end = end;
    }

    /** Watches the session from now on. */
    void watch() {
        try {
            session.setAttribute(name, this);
        } catch (IllegalStateException e) {
            log.debug("The session has ended meanwhile", e);
            end.run();
        }
    }

    /** The client has ended by itself. */
    void release() {
        isReleased = true;
        try {
            session.removeAttribute(name);
        } catch (IllegalStateException e) {
            log.debug("The session has ended before", e);
        }
    }

    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
        if (!isReleased) {
            end.run();
        }
    }
}
