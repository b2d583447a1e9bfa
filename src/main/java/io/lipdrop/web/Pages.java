package io.lipdrop.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/** What lies where. Paths are taken as the servlet container decoded them, which is how it chooses a servlet. */
@Component
@ConditionalOnWebApplication
class Pages {
    private final WebEndpointProperties endpoints;

    Pages(WebEndpointProperties endpoints) {
        this.endpoints = endpoints;
    }

    /** Whether it only shows how Lipdrop is: nothing can be steered from there. */
    boolean isReport(HttpServletRequest request) {
        String path = pathOf(request);
        return path.equals(endpoints.getBasePath())
                || List.of("health", "info", "prometheus", "metrics").stream()
                        .anyMatch(id -> isBelow(path, pathOf(id)));
    }

    /** Whether a link from anywhere may lead there: to look at it changes nothing. */
    boolean isHarmless(HttpServletRequest request) {
        String path = pathOf(request);
        String hawtio = pathOf("hawtio");
        boolean isServlet = List.of("/jolokia", "/proxy", "/auth", "/keycloak", "/user").stream()
                .anyMatch(name -> isBelow(path, hawtio + name));
        return isReport(request) || (isBelow(path, hawtio) && !isServlet);
    }

    /** Where an endpoint of the actuator lies. */
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
