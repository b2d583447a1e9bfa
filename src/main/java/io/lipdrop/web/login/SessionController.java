package io.lipdrop.web.login;

import io.lipdrop.web.account.Accounts;
import io.lipdrop.web.account.Role;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells the page who is in front of it. */
@RestController
@ConditionalOnWebApplication
class SessionController {
    private final Accounts accounts;

    SessionController(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Of the one who asks. */
    @GetMapping(path = "/api/session", produces = MediaType.APPLICATION_JSON_VALUE)
    Session session(HttpServletRequest request) {
        boolean isOperator = request.isUserInRole(Role.OPERATOR.name());
        CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        return new Session(
                !accounts.isEmpty(),
                request.getUserPrincipal().getName(),
                (isOperator ? Role.OPERATOR : Role.VIEWER).word(),
                csrf == null ? null : csrf.getToken());
    }

    /**
     * A session, or what stands for one.
     *
     * @param login whether there is a login at all
     * @param csrf what a page sends in the header {@code X-XSRF-TOKEN} with all but GET; null where it need not
     */
    record Session(
            boolean login,
            String user,
            String role,
            @Nullable String csrf) {}
}
