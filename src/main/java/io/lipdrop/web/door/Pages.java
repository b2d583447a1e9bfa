package io.lipdrop.web.door;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.stream.Stream;
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

    /** Whether everybody may see it, with a login or without: the login itself, and whether the process is well. */
    public boolean isOpen(HttpServletRequest request) {
        String path = pathOf(request);
        return path.equals("/login")
                || path.startsWith("/login/")
                || path.startsWith("/assets/")
                || path.equals(pathOf("health"));
    }

    /** Whether it is of the API, or of what else is meant for programs: it gets answers that programs can read. */
    public boolean isForPrograms(HttpServletRequest request) {
        String path = pathOf(request);
        return isBelow(path, "/api") || isJolokia(path);
    }

    /** Whether it is Jolokia, whose reading requests are POST as well; {@code ConsolePolicy} looks into them. */
    public boolean isJolokia(HttpServletRequest request) {
        return isJolokia(pathOf(request));
    }

    /** Whether it is of the actuator and none of the endpoints that are on by default: heap dump, environment … */
    public boolean isInternal(HttpServletRequest request) {
        String path = pathOf(request);
        return isBelow(path, endpoints.getBasePath())
                && !path.equals(endpoints.getBasePath())
                && Stream.of("health", "info", "prometheus", "metrics", "hawtio", "jolokia")
                        .noneMatch(id -> isBelow(path, pathOf(id)));
    }

    /** Whether links from other sites may open it: reading it changes nothing. */
    boolean isHarmless(HttpServletRequest request) {
        String path = pathOf(request);
        String hawtio = pathOf("hawtio");
        boolean isServlet = Stream.of("/jolokia", "/proxy", "/auth", "/keycloak", "/user")
                .anyMatch(name -> isBelow(path, hawtio + name));
        return !isServlet && !isJolokia(path) && !isInternal(request);
    }

    private boolean isJolokia(String path) {
        return isBelow(path, pathOf("jolokia")) || isBelow(path, pathOf("hawtio") + "/jolokia");
    }

    /** The path of an actuator endpoint. */
    public String pathOf(String endpoint) {
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
