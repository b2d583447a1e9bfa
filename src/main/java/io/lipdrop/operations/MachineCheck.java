package io.lipdrop.operations;

import io.lipdrop.files.FreeSpace;
import io.lipdrop.home.Folders;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.queue.MachineFitness;
import io.lipdrop.startup.ShippedFiles;
import io.lipdrop.startup.TemporaryFolder;
import io.lipdrop.status.BatchStatuses;
import io.lipdrop.status.HealthStatus;
import io.lipdrop.status.QueueStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Whether this machine can do its work: folders there and writable, room on the disk, models in place, the queue open. */
@Component
class MachineCheck implements HealthStatus.Source {
    private final Folders folders;
    private final ResultFolders results;
    private final BatchStatuses statuses;
    private final FreeSpace space;
    private final Supplier<Optional<String>> temporaryFolder;

    @Autowired
    MachineCheck(Folders folders, ResultFolders results, BatchStatuses statuses, FreeSpace space) {
        this(folders, results, statuses, space, TemporaryFolder::problem);
    }

    /** One that asks another temporary folder why it cannot be used. */
    MachineCheck(
            Folders folders,
            ResultFolders results,
            BatchStatuses statuses,
            FreeSpace space,
            Supplier<Optional<String>> temporaryFolder) {
        this.temporaryFolder = temporaryFolder;
        this.folders = folders;
        this.results = results;
        this.statuses = statuses;
        this.space = space;
    }

    @Override
    public HealthStatus health() {
        List<String> reasons = new ArrayList<>();
        for (Path folder : List.of(folders.inbox(), folders.outbox(), folders.error(), folders.work())) {
            Optional<String> obstacle = MachineFitness.obstacleIn(folder);
            obstacle.ifPresentOrElse(reasons::add, () -> addIfFull(folder, reasons));
        }
        temporaryFolder.get().ifPresent(reasons::add);
        addWhatIsAway(reasons);
        addMissingModels(reasons);
        addWhyTheQueueWaits(reasons);
        reasons.addAll(statuses.checkProblems());
        return new HealthStatus(reasons);
    }

    private void addWhatIsAway(List<String> reasons) {
        try {
            results.require();
        } catch (IOException e) {
            reasons.add(String.valueOf(e.getMessage()));
        }
    }

    /** A gate that nobody waits at, a pause and hours are no trouble. */
    private void addWhyTheQueueWaits(List<String> reasons) {
        QueueStatus queue = statuses.queue();
        if (queue.unreadable() != null) {
            reasons.add("the queue cannot be read: " + queue.unreadable());
        } else if (queue.reason() != null && queue.queued() > 0 && !queue.isMeantToWait()) {
            reasons.add("the queue is waiting: " + queue.reason());
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

    private void addIfFull(Path folder, List<String> reasons) {
        try {
            long free = space.of(folder);
            if (free < MachineFitness.LOW_BYTES) {
                reasons.add("the disk of %s is nearly full (%d MB free)".formatted(folder, free >> 20));
            }
        } catch (IOException e) {
            reasons.add(folder + " cannot be read: " + e.getMessage());
        }
    }
}
