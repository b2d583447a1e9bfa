package io.lipdrop.operations;

import io.lipdrop.job.EngineStatus;
import io.lipdrop.job.Folders;
import io.lipdrop.queue.JobQueue;
import io.lipdrop.queue.QueueGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether this machine can do its work: folders there and writable, room on the disk, models in place. */
@Component("lipdropHealthIndicator")
class MachineHealth implements HealthIndicator {
    private static final long LEAST_FREE_BYTES = 512L << 20;

    private final Folders folders;
    private final JobQueue queue;
    private final QueueGate gate;
    private final EngineStatus engines;

    MachineHealth(Folders folders, JobQueue queue, QueueGate gate, EngineStatus engines) {
        this.folders = folders;
        this.queue = queue;
        this.gate = gate;
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
        addMissingModels(reasons);
        addWhyTheQueueWaits(reasons);
        Health.Builder health = reasons.isEmpty()
                ? Health.up().withDetail("home", folders.home().toString())
                : Health.down().withDetail("reasons", reasons);
        List<EngineStatus.Runner> runners = engines.runners();
        if (engines.workers() > 1) {
            health.withDetail("devices", runners);
        } else if (!runners.isEmpty()) {
            health.withDetail("device", runners.get(0));
        }
        return health.withDetail("models", engines.models()).build();
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
            if (free < LEAST_FREE_BYTES) {
                reasons.add("the disk of %s is nearly full (%d MB free)".formatted(folder, free >> 20));
            }
        } catch (IOException e) {
            reasons.add(folder + " cannot be read: " + e.getMessage());
        }
    }
}
