package io.lipdrop.web.door;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;

/** Who sends a request, as reports name it. */
public final class Caller {
    /** The name of everybody, where there is no login. */
    private static final String NOBODY = "local";

    private Caller() {}

    /** {@code page:<user>} for the page in a browser, {@code api:<user>} for a program. */
    public static String of(HttpServletRequest request) {
        Principal user = request.getUserPrincipal();
        String name = user == null ? NOBODY : user.getName();
        // Browsers add this header to every request, and no page can.
        boolean isPage = request.getHeader("Sec-Fetch-Site") != null;
        return (isPage ? "page:" : "api:") + name;
    }
}
