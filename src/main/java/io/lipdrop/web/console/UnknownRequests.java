package io.lipdrop.web.console;

import org.jolokia.server.core.request.JolokiaRequest;
import org.jolokia.server.core.service.request.AbstractRequestHandler;

/**
 * Rejects requests that Jolokia handles before it asks the {@link ConsolePolicy}: requests for another machine ({@code
 * target}), and notifications, for each of which it would keep a client. Registered in {@code META-INF/jolokia/services}.
 */
public final class UnknownRequests extends AbstractRequestHandler {
    /** Created by Jolokia. */
    public UnknownRequests(int order) {
        super("lipdrop", order);
    }

    @Override
    public boolean canHandle(JolokiaRequest request) {
        return request.getOption("target") != null || !ConsolePolicy.TYPES.contains(request.getType());
    }

    @Override
    public <R extends JolokiaRequest> Object handleRequest(R request, Object previous) {
        throw new SecurityException("Not allowed: " + request.getType().getName()
                + (request.getOption("target") == null ? "" : " to another machine"));
    }
}
