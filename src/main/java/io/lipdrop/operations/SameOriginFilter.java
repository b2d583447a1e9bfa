package io.lipdrop.operations;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps other web pages out: the console has no login, and any page that the user of this machine opens could otherwise
 * make the browser talk to it. Refused are requests from another origin, and, while bound to this machine only, those
 * under a name that is not this machine's (DNS rebinding).
 */
@Component
class SameOriginFilter extends OncePerRequestFilter {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final boolean isLocalOnly;

    SameOriginFilter(@Value("${server.address}") InetAddress address) {
        this.isLocalOnly = address.isLoopbackAddress();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isForeignName(request) || isForeignOrigin(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN, "This page may not talk to Lipdrop.");
            return;
        }
        chain.doFilter(request, response);
    }

    private boolean isForeignName(HttpServletRequest request) {
        return isLocalOnly && !THIS_MACHINE.contains(request.getServerName());
    }

    private static boolean isForeignOrigin(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return false;
        }
        try {
            String host = URI.create(origin).getAuthority();
            return !request.getHeader("Host").equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
