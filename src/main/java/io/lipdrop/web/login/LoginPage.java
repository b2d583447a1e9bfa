package io.lipdrop.web.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.HtmlUtils;

/**
 * The login page, made by a filter, so that it is there on the actuator's own port too. It works without scripts, in English and
 * Chinese.
 */
final class LoginPage extends OncePerRequestFilter
        implements AuthenticationSuccessHandler, AuthenticationFailureHandler {
    private static final String PATH = "/login";
    private static final String STYLE = "/login/style.css";

    /** A path of ours: no other host can stand in it, in none of the ways in which browsers read it. */
    private static final Pattern PLACE = Pattern.compile("/(?![/\\\\])[^\\\\\\p{Cntrl}]{0,2000}");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean isGet = request.getMethod().equals("GET");
        if (isGet && request.getServletPath().equals(PATH)) {
            boolean isIn = SecurityContextHolder.getContext().getAuthentication() != null;
            if (isIn) {
                response.sendRedirect(next(request));
            } else {
                LoginWords words = LoginWords.of(request);
                boolean isAgain = request.getParameter("again") != null;
                send(request, response, HttpStatus.OK, isAgain ? words.again() : "");
            }
        } else if (isGet && request.getServletPath().equals(STYLE)) {
            response.setContentType("text/css");
            response.setCharacterEncoding(UTF_8.name());
            response.setHeader(HttpHeaders.CACHE_CONTROL, "max-age=3600");
            new ClassPathResource("login/style.css").getInputStream().transferTo(response.getOutputStream());
        } else {
            chain.doFilter(request, response);
        }
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        response.setHeader(HttpHeaders.LOCATION, next(request));
        response.setStatus(HttpStatus.SEE_OTHER.value());
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException error)
            throws IOException {
        LoginWords words = LoginWords.of(request);
        if (error instanceof TooManyAttempts tooMany) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(tooMany.seconds()));
            send(request, response, HttpStatus.TOO_MANY_REQUESTS, words.tooMany(tooMany.seconds()));
        } else {
            send(request, response, HttpStatus.UNAUTHORIZED, words.wrong());
        }
    }

    private static String next(HttpServletRequest request) {
        String asked = request.getParameter("next");
        boolean isOurs = asked != null && PLACE.matcher(asked).matches();
        return isOurs ? asked : request.getContextPath() + "/";
    }

    private static void send(
            HttpServletRequest request, HttpServletResponse response, HttpStatus status, String message)
            throws IOException {
        LoginWords words = LoginWords.of(request);
        String next = next(request);
        String page = new String(new ClassPathResource("login/page.html").getContentAsByteArray(), UTF_8)
                .replace("${lang}", words.tag())
                .replace("${title}", words.title())
                .replace("${user}", words.user())
                .replace("${password}", words.password())
                .replace("${enter}", words.enter())
                .replace("${other.tag}", words.other().tag())
                .replace("${other.language}", words.other().language())
                .replace("${other.link}", link(request, words.other(), next))
                .replace("${root}", HtmlUtils.htmlEscape(request.getContextPath()))
                .replace("${csrf}", csrf(request))
                .replace("${message}", HtmlUtils.htmlEscape(message))
                .replace("${name}", HtmlUtils.htmlEscape(typed(request)))
                .replace("${next}", HtmlUtils.htmlEscape(next)); // last: nothing in it is replaced
        response.setStatus(status.value());
        response.setContentType("text/html");
        response.setCharacterEncoding(UTF_8.name());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        response.getWriter().write(page);
    }

    private static String link(HttpServletRequest request, LoginWords other, String next) {
        return HtmlUtils.htmlEscape(
                request.getContextPath() + PATH + "?lang=" + other.tag() + "&next=" + URLEncoder.encode(next, UTF_8));
    }

    /** The name that was wrong, so that it need not be typed again. */
    private static String typed(HttpServletRequest request) {
        String name = request.getParameter("username");
        return name == null ? "" : name.substring(0, Math.min(name.length(), 64));
    }

    private static String csrf(HttpServletRequest request) {
        @Nullable CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        return token == null ? "" : HtmlUtils.htmlEscape(token.getToken());
    }
}
