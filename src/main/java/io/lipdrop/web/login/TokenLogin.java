package io.lipdrop.web.login;

import io.lipdrop.web.account.Accounts;
import io.lipdrop.web.account.Accounts.Account;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Logs programs in, request by request. Wrong tokens are counted by address, and each of them once: a program with an old token, which
 * tries it for ever, guesses nothing and keeps no other out.
 */
final class TokenLogin extends OncePerRequestFilter {
    private static final String SCHEME = "Bearer ";
    private static final int FREE = 20;
    private static final int MAX_SEEN = 10_000;

    private final Accounts accounts;
    private final Answers answers;
    private final FailedAttempts addresses = new FailedAttempts(FREE, "with tokens from", System::nanoTime);
    private final SecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();
    private final Set<String> seen = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_SEEN;
        }
    }));

    TokenLogin(Accounts accounts, Answers answers) {
        this.accounts = accounts;
        this.answers = answers;
    }

    /** Whether the request brings a token. */
    static boolean isFor(HttpServletRequest request) {
        return token(request) != null;
    }

    private static @Nullable String token(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String token = token(request);
        if (token != null) {
            try {
                SecurityContext context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(
                        PasswordLogin.token(account(token, ClientAddress.of(request.getRemoteAddr()))));
                SecurityContextHolder.setContext(context);
                contexts.saveContext(context, request, response); // for what goes on asynchronously
            } catch (AuthenticationException e) {
                answers.commence(request, response, e);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private Account account(String token, String address) {
        Duration delay = addresses.delay(address);
        if (!delay.isZero()) {
            throw new TooManyAttempts(delay);
        }
        String sha256 = Accounts.sha256(token);
        Optional<Account> account = accounts.program(sha256);
        if (account.isEmpty() && seen.add(address + " " + sha256)) {
            addresses.add(address);
        }
        return account.orElseThrow(() -> new BadCredentialsException("wrong token"));
    }
}
