package io.lipdrop.web.login;

import io.lipdrop.launch.Credentials;
import io.lipdrop.web.account.Accounts;
import io.lipdrop.web.account.Accounts.Account;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Logs people in. Guesses are counted by address, and by account from addresses that have never logged in to it: nobody can keep its owner
 * out. Few passwords are checked at a time, since each takes a core for a tenth of a second.
 */
@Component
@ConditionalOnWebApplication
class PasswordLogin implements AuthenticationProvider {
    private static final int FREE = 5;
    private static final int AT_A_TIME = 2;
    private static final int MAX_WAITING = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int MAX_KNOWN = 1000;
    private static final int MAX_LENGTH = 1000;

    /** Names that are none share counters: they take no memory, and wait as names do that are some. */
    private static final int UNKNOWN = 256;

    private final Accounts accounts;
    private final FailedAttempts addresses = new FailedAttempts(FREE, "from", System::nanoTime);
    private final FailedAttempts names = new FailedAttempts(FREE, "of user", System::nanoTime);
    private final Semaphore checks = new Semaphore(AT_A_TIME);
    private final Set<String> known = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_KNOWN;
        }
    }));

    PasswordLogin(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public boolean supports(Class<?> type) {
        return type == UsernamePasswordAuthenticationToken.class;
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        String name = Credentials.normalised(asked.getName().strip());
        String password = String.valueOf(asked.getCredentials());
        String address = asked.getDetails() instanceof WebAuthenticationDetails details
                ? ClientAddress.of(details.getRemoteAddress())
                : "";
        String who = accounts.isKnown(name) ? name : "(unknown " + Math.floorMod(name.hashCode(), UNKNOWN) + ")";
        boolean isKnown = known.contains(name + " " + address);
        Duration delay = addresses.delay(address);
        if (!isKnown && names.delay(who).compareTo(delay) > 0) {
            delay = names.delay(who);
        }
        if (!delay.isZero()) {
            throw new TooManyAttempts(delay);
        }
        addresses.add(address);
        if (!isKnown) {
            names.add(who);
        }
        Account account = check(name, password);
        addresses.takeBack(address);
        names.forget(who);
        known.add(name + " " + address);
        return token(account);
    }

    private Account check(String name, String password) {
        if (name.length() > MAX_LENGTH || password.length() > MAX_LENGTH) {
            throw new BadCredentialsException("too long");
        }
        try {
            if (checks.getQueueLength() > MAX_WAITING
                    || !checks.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TooManyAttempts(PATIENCE);
            }
            try {
                return accounts.person(name, password).orElseThrow(() -> new BadCredentialsException("wrong"));
            } finally {
                checks.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooManyAttempts(PATIENCE);
        }
    }

    /** Somebody who is logged in. */
    static Authentication token(Account account) {
        return UsernamePasswordAuthenticationToken.authenticated(
                account.name(), null, List.of(account.role().authority()));
    }
}
