package io.lipdrop.web.events;

import io.lipdrop.web.connection.ConnectionCut;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/events}. */
@RestController
@ConditionalOnWebApplication
class EventsController {
    private final EventClients clients;

    EventsController(EventClients clients) {
        this.clients = clients;
    }

    @GetMapping(path = "/api/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void listen(
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam(name = "lastEventId", required = false) @Nullable String orAsParameter,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        clients.requireRoom();
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // nginx
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        clients.add(
                context,
                response.getOutputStream(),
                ConnectionCut.of(request),
                lastEventId != null ? lastEventId : orAsParameter,
                request.getSession(false));
    }
}
