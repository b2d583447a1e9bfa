package io.lipdrop.web.door;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/** The kinds of pages by path. Paths are decoded by the servlet container, as for choosing a servlet. */
@Component
@ConditionalOnWebApplication
public class Pages {
    private final WebEndpointProperties endpoints;

    Pages(WebEndpointProperties endpoints) {
        this.endpoints = endpoints;
    }

    /** Whether it only shows state and controls nothing. */
    public boolean isReport(HttpServletRequest request) {
        String path = pathOf(request);
        return path.equals(endpoints.getBasePath())
                || List.of("health", "info", "prometheus", "metrics").stream()
                        .anyMatch(id -> isBelow(path, pathOf(id)));
    }

    /** Whether links from other sites may open it: reading it changes nothing. */
    boolean isHarmless(HttpServletRequest request) {
        String path = pathOf(request);
        String hawtio = pathOf("hawtio");
        boolean isServlet = List.of("/jolokia", "/proxy", "/auth", "/keycloak", "/user").stream()
                .anyMatch(name -> isBelow(path, hawtio + name));
        return isReport(request) || (isBelow(path, hawtio) && !isServlet);
    }

    /** The path of an actuator endpoint. */
    String pathOf(String endpoint) {
        return endpoints.getBasePath() + "/" + endpoints.getPathMapping().getOrDefault(endpoint, endpoint);
    }

    private static String pathOf(HttpServletRequest request) {
        return request.getServletPath()
                + Optional.ofNullable(request.getPathInfo()).orElse("");
    }

    private static boolean isBelow(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }
}
