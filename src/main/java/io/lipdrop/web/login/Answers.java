package io.lipdrop.web.login;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lipdrop.web.door.Pages;
import io.lipdrop.web.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** What somebody hears who may not: programs a problem, people the login page. */
@Component
@ConditionalOnWebApplication
class Answers implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final String LOGIN = "/login";
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final ObjectMapper json;
    private final Pages pages;

    Answers(ObjectMapper json, Pages pages) {
        this.json = json;
        this.pages = pages;
    }

    /** Nobody is logged in, or not so. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException error)
            throws IOException {
        if (error instanceof TooManyAttempts tooMany) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(tooMany.seconds()));
            tooMany(tooMany).send(response, json);
        } else if (TokenLogin.isFor(request)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Lipdrop\", error=\"invalid_token\"");
            new Problem(
                            HttpStatus.UNAUTHORIZED,
                            "token-unknown",
                            "The token is not known here.",
                            "Use a token of lipdrop.tokens; java -jar lipdrop.jar --new-token NAME ROLE makes one.")
                    .send(response, json);
        } else if (isOpened(request)) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            toLogin(request, response);
        } else {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Lipdrop\"");
            new Problem(
                            HttpStatus.UNAUTHORIZED,
                            "login-needed",
                            "This needs a login.",
                            "People log in at /login; programs send Authorization: Bearer TOKEN.")
                    .send(response, json);
        }
    }

    /** Somebody is, and may not do this. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException error)
            throws IOException {
        if (!(error instanceof CsrfException)) {
            new Problem(
                            HttpStatus.FORBIDDEN,
                            "role-viewer",
                            "A viewer reads and changes nothing.",
                            "Log in as an operator, or use the token of one.")
                    .send(response, json);
        } else if (request.getServletPath().equals(LOGIN)) {
            response.sendRedirect(request.getContextPath() + LOGIN + "?again"); // its page was old, or cookies are off
        } else if (SecurityContextHolder.getContext().getAuthentication() == null) {
            commence(request, response, new LoginNeeded());
        } else {
            new Problem(
                            HttpStatus.FORBIDDEN,
                            "csrf",
                            "The request does not show that it comes from Lipdrop's own page.",
                            "Send the value of the cookie XSRF-TOKEN in the header X-XSRF-TOKEN, or use a token.")
                    .send(response, json);
        }
    }

    /** A page that somebody opens, in contrast to what a page or a program asks for. */
    private boolean isOpened(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return Set.of("GET", "HEAD").contains(request.getMethod())
                && !pages.isForPrograms(request)
                && accepted != null
                && accepted.contains(MediaType.TEXT_HTML_VALUE);
    }

    /**
     * A link in another site's page leads here without the session's cookie ({@code SameSite=Strict}), and so would a redirect. What leads
     * on from a page of ours brings it.
     */
    private static void toLogin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String query = request.getQueryString();
        String here = request.getRequestURI() + (query == null ? "" : "?" + query);
        String login = request.getContextPath() + LOGIN + "?next=" + URLEncoder.encode(here, StandardCharsets.UTF_8);
        String site = request.getHeader("Sec-Fetch-Site");
        if (site == null || OWN.contains(site)) {
            response.sendRedirect(login);
        } else {
            response.setContentType(MediaType.TEXT_HTML_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.getWriter()
                    .write("<!DOCTYPE html><title>Lipdrop</title><meta http-equiv=\"refresh\" content=\"0; url=%s\">"
                            .formatted(HtmlUtils.htmlEscape(login)));
        }
    }

    private static Problem tooMany(TooManyAttempts error) {
        return new Problem(
                HttpStatus.TOO_MANY_REQUESTS,
                "too-many-attempts",
                "There were too many failed logins.",
                "Wait %d seconds, then try again.".formatted(error.seconds()));
    }

    private static final class LoginNeeded extends AuthenticationException {
        LoginNeeded() {
            super("no login");
        }
    }
}
