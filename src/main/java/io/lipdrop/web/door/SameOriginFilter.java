package io.lipdrop.web.door;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects requests from other web pages: with a login or without, any page that someone opens can make the browser send
 * requests to Lipdrop. Such a request is detected by {@code Sec-Fetch-Site}, {@code Origin} or {@code Referer};
 * one with a foreign name (DNS rebinding) by its {@code Host}. A link may open a page that changes nothing. Programs send none
 * of these headers and are checked by {@code Host} alone. Proxy headers ({@code X-Forwarded-Host} and the like) are ignored:
 * anybody can send them.
 */
@Component
@ConditionalOnWebApplication
class SameOriginFilter extends OncePerRequestFilter {
    /** Paths that libraries read differently. */
    private static final Pattern AMBIGUOUS = Pattern.compile(";|//|%2e", Pattern.CASE_INSENSITIVE);

    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final KnownHosts hosts;
    private final Pages pages;
    private final ObjectMapper json;

    SameOriginFilter(KnownHosts hosts, Pages pages, ObjectMapper json) {
        this.hosts = hosts;
        this.pages = pages;
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String reason = reasonToRefuse(request);
        if (reason == null) {
            chain.doFilter(request, response);
        } else if (request.getRequestURI().startsWith(request.getContextPath() + "/api/")) {
            Refusal.send(response, reason, json);
        } else {
            Refusal.send(response, reason);
        }
    }

    private @Nullable String reasonToRefuse(HttpServletRequest request) {
        if (AMBIGUOUS.matcher(request.getRequestURI()).find()) {
            return "Refused: a path has no empty parts and no encoded dots, and a semicolon in it is written %3B.";
        }
        List<String> names = headers(request, "Host");
        Authority host = names.size() == 1 ? Authority.ofHost(names.get(0)) : null;
        if (host == null) {
            return "Refused: the request must have exactly one Host header.";
        }
        if (!hosts.isKnown(host)) {
            return "Refused: '%s' is not a known name of this machine. If it is, start Lipdrop with --lipdrop.hosts=%s"
                    .formatted(host.host(), host.host());
        }
        if (comesFromElsewhere(request, host) && !(isLinkFollowed(request) && pages.isHarmless(request))) {
            return "Refused: the request comes from another web page. To open this page, type its address into the browser.";
        }
        return null;
    }

    private static boolean comesFromElsewhere(HttpServletRequest request, Authority host) {
        return headers(request, "Sec-Fetch-Site").stream().anyMatch(site -> !OWN.contains(site))
                || headers(request, "Origin").stream().anyMatch(page -> isForeign(page, host))
                || headers(request, "Referer").stream().anyMatch(page -> isForeign(page, host));
    }

    private static boolean isForeign(String page, Authority host) {
        Authority its = Authority.ofUrl(page);
        return its == null || !its.isOf(host);
    }

    /** Whether it is a top-level navigation: not a frame, an image or a script. */
    private static boolean isLinkFollowed(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && headers(request, "Sec-Fetch-Mode").equals(List.of("navigate"))
                && Set.of("", "document").containsAll(headers(request, "Sec-Fetch-Dest"))
                && headers(request, "Origin").isEmpty();
    }

    private static List<String> headers(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name));
    }
}
