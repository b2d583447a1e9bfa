package io.lipdrop.web.console;

import io.lipdrop.web.door.Refusal;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/**
 * Filter before Jolokia's servlet, for every path. Jolokia executes requests in a GET's path or its parameter {@code p}, and
 * browsers send a GET for any page without naming that page; so requests must be POST. The bare GET, with which Hawtio detects
 * Jolokia, returns its version.
 */
@Component
@ConditionalOnWebApplication
public class JolokiaGate implements Filter {
    private static final Set<String> NOTHING = Set.of("", "/");

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isAllowed((HttpServletRequest) request)) {
            chain.doFilter(request, response);
        } else {
            Refusal.send((HttpServletResponse) response, "Refused: Jolokia accepts only POST requests.");
        }
    }

    private static boolean isAllowed(HttpServletRequest request) {
        boolean isBare = (request.getPathInfo() == null || NOTHING.contains(request.getPathInfo()))
                && request.getQueryString() == null;
        return request.getMethod().equals("POST") || (request.getMethod().equals("GET") && isBare);
    }
}
