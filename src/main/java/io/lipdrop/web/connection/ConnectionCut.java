package io.lipdrop.web.connection;

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
 * Drops a connection at once. Servlets have no word for that: {@code complete()} waits for up to a minute, with a thread, until a
 * client has taken up the rest; and into an answer that an exception has ended the server writes the text of its error page, where
 * the client expects the end of a file.
 */
@Component
@ConditionalOnWebApplication
public final class ConnectionCut extends ValveBase
        implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private static final String ATTRIBUTE = ConnectionCut.class.getName();

    public ConnectionCut() {
        super(true);
    }

    /** Drops the connection of this request; call it while the request is not completed. */
    public static Runnable of(ServletRequest request) {
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
