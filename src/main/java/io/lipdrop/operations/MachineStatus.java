package io.lipdrop.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lipdrop.files.FreeSpace;
import io.lipdrop.home.Folders;
import io.lipdrop.stage.EngineStatus;
import io.lipdrop.stage.Uptime;
import io.lipdrop.status.HealthStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/** The machine for those who look in: fit or not, where it draws, how much room is left. At most every two seconds anew. */
@Component
public class MachineStatus {
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final long MAX_WAIT_SECONDS = 5;

    private final HealthStatus.Source check;
    private final Folders folders;
    private final FreeSpace space;
    private final EngineStatus engines;
    private final Uptime uptime;
    private final String version;
    private final Instant startedAt;
    private final Duration begin;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile @Nullable Look last;

    MachineStatus(
            HealthStatus.Source check,
            Folders folders,
            FreeSpace space,
            EngineStatus engines,
            Uptime uptime,
            Clock clock,
            ObjectProvider<BuildProperties> build) {
        this.check = check;
        this.folders = folders;
        this.space = space;
        this.engines = engines;
        this.uptime = uptime;
        BuildProperties built = build.getIfAvailable();
        this.version = built == null ? "unknown" : String.valueOf(built.getVersion());
        this.startedAt = clock.instant();
        this.begin = uptime.now();
    }

    /**
     * What is known of it.
     *
     * @param reasons why it is not fit; nothing where it is
     * @param workers how many jobs run in parallel
     * @param devices where models run, one for each worker, as far as known
     * @param folders the folders and the room on their disks
     */
    public record Machine(
            boolean fit,
            List<String> reasons,
            String version,
            Instant startedAt,
            long uptimeSeconds,
            int workers,
            List<EngineStatus.Runner> devices,
            List<Room> folders) {
        public Machine {
            reasons = List.copyOf(reasons);
            devices = List.copyOf(devices);
            folders = List.copyOf(folders);
        }
    }

    /**
     * A folder.
     *
     * @param folder its name in documents: {@code outbox}
     * @param freeBytes absent where it cannot be read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Room(
            String folder,
            String path,
            @Nullable Long freeBytes,
            @Nullable Long totalBytes) {}

    private record Look(Duration at, HealthStatus health, List<Room> rooms) {}

    /**
     * The machine as it is.
     *
     * @throws IOException where a folder does not answer
     */
    public Machine machine() throws IOException {
        Look look = look();
        return new Machine(
                look.health.fit(),
                look.health.reasons(),
                version,
                startedAt,
                uptime.now().minus(begin).toSeconds(),
                engines.workers(),
                engines.runners(),
                look.rooms);
    }

    /** One request looks, and the others wait for it: a share that hangs must not take all threads. */
    private Look look() throws IOException {
        Look known = last;
        if (known != null && uptime.now().minus(known.at).compareTo(FRESH) < 0) {
            return known;
        }
        try {
            if (!looking.tryLock(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("a folder does not answer: does a network share hang?");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Lipdrop is stopping", e);
        }
        try {
            Look meanwhile = last;
            if (meanwhile != null && (known == null || !meanwhile.at.equals(known.at))) {
                return meanwhile;
            }
            Look now = new Look(uptime.now(), check.health(), rooms());
            last = now;
            return now;
        } finally {
            looking.unlock();
        }
    }

    private List<Room> rooms() {
        Map<String, Path> named = new LinkedHashMap<>();
        named.put("inbox", folders.inbox());
        named.put("outbox", folders.outbox());
        named.put("error", folders.error());
        named.put("library", folders.library());
        named.put("models", folders.models());
        named.put("work", folders.work());
        return named.entrySet().stream()
                .map(folder -> room(folder.getKey(), folder.getValue()))
                .toList();
    }

    private Room room(String name, Path folder) {
        try {
            return new Room(
                    name,
                    folder.toString(),
                    space.of(folder),
                    Files.getFileStore(folder).getTotalSpace());
        } catch (IOException e) {
            return new Room(name, folder.toString(), null, null);
        }
    }
}
