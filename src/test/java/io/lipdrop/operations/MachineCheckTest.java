package io.lipdrop.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.SteppedClock;
import io.lipdrop.home.Folders;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.home.TestHome;
import io.lipdrop.queue.MachineFitness;
import io.lipdrop.startup.ShippedFiles;
import io.lipdrop.status.BatchStatuses;
import io.lipdrop.status.FakeQueue;
import io.lipdrop.status.HealthStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a machine from its work. */
class MachineCheckTest {
    @TempDir
    Path home;

    private final FakeQueue queue = new FakeQueue();
    private final BatchStatuses statuses = queue.statuses(new SteppedClock());
    private final Map<Path, Long> free = new HashMap<>();
    private Folders folders;
    private MachineCheck check;

    @BeforeEach
    void aFitMachine() throws IOException {
        folders = TestHome.in(home);
        for (Path folder : List.of(
                folders.inbox(),
                folders.outbox(),
                folders.error(),
                folders.models(),
                folders.library(),
                folders.work())) {
            Files.createDirectories(folder);
        }
        for (String model : ShippedFiles.namesFor("models")) {
            Files.writeString(folders.models().resolve(model), "a model");
        }
        check = new MachineCheck(
                folders,
                new ResultFolders(folders),
                statuses,
                folder -> free.getOrDefault(folder, MachineFitness.LOW_BYTES),
                () -> Optional.empty());
    }

    @Test
    void aFitMachineHasNoReasons() {
        assertThat(check.health()).isEqualTo(new HealthStatus(List.of()));
        assertThat(check.health().fit()).isTrue();
    }

    @Test
    void foldersThatAreMissingOrNone() throws IOException {
        Files.delete(folders.inbox());
        Files.delete(folders.work());
        Files.writeString(folders.work(), "not a folder");

        assertThat(check.health().fit()).isFalse();
        assertThat(check.health().reasons())
                .containsExactly(folders.inbox() + " does not exist", folders.work() + " does not exist");
    }

    @Test
    void aDiskThatIsNearlyFull() {
        free.put(folders.outbox(), MachineFitness.LOW_BYTES - 1);

        assertThat(check.health().reasons())
                .containsExactly("the disk of %s is nearly full (511 MB free)".formatted(folders.outbox()));
    }

    @Test
    void aModelThatIsMissing() throws IOException {
        String model = ShippedFiles.namesFor("models").stream()
                .filter(name -> name.endsWith(".onnx"))
                .findFirst()
                .orElseThrow();
        Files.delete(folders.models().resolve(model));

        assertThat(check.health().reasons())
                .containsExactly("the model %s is missing from %s".formatted(model, folders.models()));
    }

    @Test
    void aQueueThatWaitsIsTroubleOnlyWhereJobsWait() {
        queue.obstacle = "no memory";
        assertThat(check.health().fit()).isTrue();

        queue.add("talk", 1);
        FakeQueue.look(statuses);
        assertThat(check.health().reasons()).containsExactly("the queue is waiting: no memory");
    }

    @Test
    void aQueueThatCannotBeReadAndBatchesThatCannotBeChecked() {
        queue.noCheck.put("talk", "validation of talk is waiting: the library is away");
        FakeQueue.look(statuses);
        queue.unreadable = new IOException("work/queued is away");
        FakeQueue.look(statuses);

        assertThat(check.health().reasons())
                .containsExactly(
                        "the queue cannot be read: work/queued is away",
                        "validation of talk is waiting: the library is away");
    }
}
