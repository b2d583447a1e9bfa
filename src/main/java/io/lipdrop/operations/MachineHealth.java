package io.lipdrop.operations;

import io.lipdrop.home.Folders;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.queue.Claims;
import io.lipdrop.queue.JobQueue;
import io.lipdrop.queue.QueueGate;
import io.lipdrop.stage.EngineStatus;
import io.lipdrop.startup.ShippedFiles;
import io.lipdrop.startup.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether this machine can do its work: folders there and writable, room on the disk, models in place. */
@Component("lipdropHealthIndicator")
class MachineHealth implements HealthIndicator {
    private static final long MIN_FREE_BYTES = 512L << 20;
    private static final int MAX_NAMES = 20;

    private final Folders folders;
    private final ResultFolders results;
    private final JobQueue queue;
    private final QueueGate gate;
    private final Claims claims;
    private final EngineStatus engines;

    MachineHealth(
            Folders folders,
            ResultFolders results,
            JobQueue queue,
            QueueGate gate,
            Claims claims,
            EngineStatus engines) {
        this.folders = folders;
        this.results = results;
        this.queue = queue;
        this.gate = gate;
        this.claims = claims;
        this.engines = engines;
    }

    @Override
    public Health health() {
        List<String> reasons = new ArrayList<>();
        for (Path folder : List.of(folders.inbox(), folders.outbox(), folders.error(), folders.work())) {
            if (!Files.isDirectory(folder)) {
                reasons.add(folder + " is not there");
            } else if (!Files.isWritable(folder)) {
                reasons.add(folder + " cannot be written");
            } else {
                addIfFull(folder, reasons);
            }
        }
        TemporaryFolder.problem().ifPresent(reasons::add);
        addWhatIsAway(reasons);
        addMissingModels(reasons);
        addWhyTheQueueWaits(reasons);
        reasons.addAll(claims.reasons());
        Health.Builder health = reasons.isEmpty()
                ? Health.up().withDetail("home", folders.home().toString())
                : Health.down().withDetail("reasons", reasons);
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

    private void addWhatIsAway(List<String> reasons) {
        try {
            results.require();
        } catch (IOException e) {
            reasons.add(String.valueOf(e.getMessage()));
        }
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

    /** A gate that nobody waits at is no trouble. */
    private void addWhyTheQueueWaits(List<String> reasons) {
        String obstacle = gate.reason();
        try {
            if (obstacle != null && !queue.queued().isEmpty()) {
                reasons.add("the queue waits: " + obstacle);
            }
        } catch (IOException e) {
            reasons.add("the queue cannot be read: " + e.getMessage());
        }
    }

    private void addMissingModels(List<String> reasons) {
        try {
            for (String model : ShippedFiles.namesFor("models")) {
                if (model.endsWith(".onnx")
                        && !Files.isReadable(folders.models().resolve(model))) {
                    reasons.add("the model " + model + " is missing from " + folders.models());
                }
            }
        } catch (IOException e) {
            reasons.add("the list of models cannot be read: " + e.getMessage());
        }
    }

    private static void addIfFull(Path folder, List<String> reasons) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < MIN_FREE_BYTES) {
                reasons.add("the disk of %s is nearly full (%d MB free)".formatted(folder, free >> 20));
            }
        } catch (IOException e) {
            reasons.add(folder + " cannot be read: " + e.getMessage());
        }
    }
}
