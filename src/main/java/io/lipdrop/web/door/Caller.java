package io.lipdrop.web.door;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who sends a request, as reports name it. */
public final class Caller {
    /** The name of everybody, where there is no login. */
    private static final String NOBODY = "local";

    private static final String OPERATOR = "ROLE_OPERATOR";

    private Caller() {}

    /** {@code page:<user>} for the page in a browser, {@code api:<user>} for a program. */
    public static String of(HttpServletRequest request) {
        Principal user = request.getUserPrincipal();
        String name = user == null ? NOBODY : user.getName();
        // Browsers add this header to every request, and no page can.
        boolean isPage = request.getHeader("Sec-Fetch-Site") != null;
        return (isPage ? "page:" : "api:") + name;
    }

    /** Whether the one whose request this thread works on may change things. */
    public static boolean isOperator() {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        return who != null && who.getAuthorities().stream().anyMatch(role -> OPERATOR.equals(role.getAuthority()));
    }
}
