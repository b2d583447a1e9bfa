package io.lipdrop.intake.claim;

import io.lipdrop.stage.Uptime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The claims whose files have not all been moved, by priority, then by time. */
public final class OpenClaims {
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Comparator<Claim> ORDER = Comparator.<Claim>comparingInt(
                    claim -> -claim.manifest().priority())
            .thenComparing(Claim::at);

    private final Uptime uptime;
    private final Map<String, Claim> claims = new HashMap<>();
    private final Map<String, Duration> pausedUntil = new HashMap<>();
    private final Set<String> recovered = new HashSet<>();

    public OpenClaims(Uptime uptime) {
        this.uptime = uptime;
    }

    public synchronized void add(Claim claim) {
        claims.put(claim.batch(), claim);
    }

    /** Adds a claim of an earlier process; the manifests that share its files are no longer known. */
    public synchronized void addRecovered(Claim claim) {
        add(claim);
        recovered.add(claim.batch());
    }

    public synchronized boolean isRecovered(Claim claim) {
        return recovered.contains(claim.batch());
    }

    /** Retries it later. */
    public synchronized void pause(Claim claim) {
        pausedUntil.put(claim.batch(), uptime.now().plus(PAUSE));
    }

    public synchronized void remove(Claim claim) {
        claims.remove(claim.batch());
        pausedUntil.remove(claim.batch());
        recovered.remove(claim.batch());
    }

    /** The next claim. */
    public synchronized Optional<Claim> next() {
        Duration now = uptime.now();
        return claims.values().stream()
                .filter(claim -> pausedUntil.getOrDefault(claim.batch(), now).compareTo(now) <= 0)
                .min(ORDER);
    }

    /** The batch that comes before this one. */
    public synchronized Optional<String> ahead(Claim claim) {
        return next().filter(first -> ORDER.compare(first, claim) <= 0).map(Claim::batch);
    }

    /** Whether another claim has priority now. */
    public boolean isOutranked(Claim claim) {
        return next().filter(
                        first -> first.manifest().priority() > claim.manifest().priority())
                .isPresent();
    }

    /** Whether another claim needs a file that is still in the inbox. */
    public synchronized boolean isNeededByOthers(Path file, Claim claim) {
        return claims.values().stream()
                .filter(other -> !other.batch().equals(claim.batch()))
                .flatMap(other -> other.moves().stream())
                .anyMatch(move -> move.source().equals(file));
    }
}
