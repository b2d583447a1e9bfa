package io.lipdrop.operations;

import io.lipdrop.home.Folders;
import io.lipdrop.stage.EngineStatus;
import io.lipdrop.status.HealthStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** {@code /actuator/health}: whether this machine can do its work, why not, and what it works with. */
@Component("lipdropHealthIndicator")
class MachineHealth implements HealthIndicator {
    private static final int MAX_NAMES = 20;
    private static final long MAX_WAIT_SECONDS = 3;

    private final HealthStatus.Source check;
    private final Folders folders;
    private final EngineStatus engines;
    private final ReentrantLock looking = new ReentrantLock();

    MachineHealth(HealthStatus.Source check, Folders folders, EngineStatus engines) {
        this.check = check;
        this.folders = folders;
        this.engines = engines;
    }

    /** One request looks, and the others wait for it a little: watchers ask again and again, and a share that hangs must not take all threads. */
    @Override
    public Health health() {
        try {
            if (!looking.tryLock(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                return Health.down()
                        .withDetail("reasons", List.of("a folder does not answer: does a network share hang?"))
                        .build();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.down(e).build();
        }
        try {
            return look();
        } finally {
            looking.unlock();
        }
    }

    private Health look() {
        HealthStatus status = check.health();
        Health.Builder health = status.fit()
                ? Health.up().withDetail("home", folders.home().toString())
                : Health.down().withDetail("reasons", status.reasons());
        List<EngineStatus.Runner> runners = engines.runners();
        if (engines.workers() > 1) {
            health.withDetail("devices", runners);
        } else if (!runners.isEmpty()) {
            health.withDetail("device", runners.get(0));
        }
        List<String> aside = documentsPutAside();
        if (!aside.isEmpty()) {
            health.withDetail("unreadable documents in " + folders.aside(), aside);
        }
        return health.withDetail("models", engines.models()).build();
    }

    /** Nothing waits for them; a person may want to look. */
    private List<String> documentsPutAside() {
        if (!Files.isDirectory(folders.aside())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folders.aside())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .limit(MAX_NAMES)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
