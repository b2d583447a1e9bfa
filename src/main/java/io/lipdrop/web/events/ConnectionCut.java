package io.lipdrop.web.events;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.util.Objects;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Drops a connection whose client takes nothing up. Servlets have no word for that: {@code complete()} waits for up to a minute,
 * with a thread, until the rest is sent.
 */
@Component
@ConditionalOnWebApplication
class ConnectionCut extends ValveBase implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private static final String ATTRIBUTE = ConnectionCut.class.getName();

    ConnectionCut() {
        super(true);
    }

    /** Drops the connection of this request; call it while the request is not completed. */
    static Runnable of(ServletRequest request) {
        return (Runnable) Objects.requireNonNull(request.getAttribute(ATTRIBUTE));
    }

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        server.addEngineValves(this);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        org.apache.coyote.Request connection = request.getCoyoteRequest();
        Runnable cut = () -> connection.action(ActionCode.CLOSE_NOW, null);
        request.setAttribute(ATTRIBUTE, cut);
        getNext().invoke(request, response);
    }
}
