package io.lipdrop.web.login;

import io.lipdrop.web.door.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.stereotype.Component;

/** What browsers are told to forbid, for every answer that does not say it itself, as Hawtio's pages do. */
@Component
@ConditionalOnWebApplication
class SecurityHeaders implements HeaderWriter {
    private static final String POLICY = "Content-Security-Policy";
    private static final String OURS =
            "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; "
                    + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final Pages pages;

    SecurityHeaders(Pages pages) {
        this.pages = pages;
    }

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        set(response, POLICY, OURS);
        set(response, "X-Content-Type-Options", "nosniff");
        set(response, "Referrer-Policy", "same-origin");
        if (pages.isForPrograms(request)) {
            set(response, HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    private static void set(HttpServletResponse response, String name, String value) {
        if (!response.containsHeader(name)) {
            response.setHeader(name, value);
        }
    }
}
