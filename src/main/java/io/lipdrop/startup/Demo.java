package io.lipdrop.startup;

import io.lipdrop.home.Folders;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.job.JobState;
import io.lipdrop.status.BatchStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.Resource;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/** With {@code --demo}: drops the sample into the inbox as a person would, and tells how it goes. */
@Component
class Demo {
    private static final Logger log = LoggerFactory.getLogger(Demo.class);
    private static final String MANIFEST = "hello.yaml";

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Folders folders;
    private final TaskScheduler scheduler;
    private final boolean isWanted;
    private @Nullable String told;
    private @Nullable ScheduledFuture<?> looks;

    Demo(Folders folders, TaskScheduler scheduler, ApplicationArguments arguments) {
        this.folders = folders;
        this.scheduler = scheduler;
        this.isWanted = arguments.containsOption("demo");
    }

    @EventListener(ApplicationReadyEvent.class)
    void drop() throws IOException {
        if (!isWanted) {
            return;
        }
        List<Resource> files = ShippedFiles.resources("samples/hello").stream()
                .sorted(Comparator.comparing(file -> MANIFEST.equals(file.getFilename()))) // the manifest comes last
                .toList();
        for (Resource file : files) {
            ShippedFiles.copy(file, folders.inbox().resolve(Objects.requireNonNull(file.getFilename())));
        }
        log.info("Demo: dropped the sample into {}", folders.inbox());
        looks = scheduler.scheduleWithFixedDelay(this::tell, BETWEEN_LOOKS);
    }

    private void tell() {
        Optional<BatchStatus> latest = latest();
        if (latest.isEmpty()) {
            return;
        }
        BatchStatus status = latest.get();
        String text = describe(status);
        if (!text.equals(told)) {
            told = text;
            log.info("Demo: {}", text);
        }
        if (status.state().isFinal() && looks != null) {
            looks.cancel(false);
        }
    }

    private String describe(BatchStatus status) {
        if (status.state() == JobState.DONE) {
            return "finished, watch "
                    + folders.outbox()
                            .resolve(status.batch())
                            .resolve(status.jobs().get(0).result()) + " - Lipdrop keeps watching " + folders.inbox()
                    + ", stop it with Ctrl+C";
        }
        if (status.jobs().isEmpty()) {
            return status.message();
        }
        BatchStatus.JobStatus job = status.jobs().get(0);
        String percent = job.percent() == null ? "" : " %.0f %%".formatted(job.percent());
        String eta = job.etaSeconds() == null ? "" : ", " + job.etaSeconds() + " s left";
        String phase = job.phase() == null ? job.state().label() : job.phase().label();
        return phase + percent + eta + (job.message() == null ? "" : ": " + job.message());
    }

    /** The demo's own batch: the newest whose manifest is the sample's. */
    private Optional<BatchStatus> latest() {
        try (Stream<Path> batches = Files.list(folders.outbox())) {
            return batches.map(batch -> batch.resolve(ResultFolders.STATUS))
                    .filter(Files::exists)
                    .map(Demo::read)
                    .filter(status -> status.manifest().equals(MANIFEST))
                    .max(Comparator.comparing(BatchStatus::updatedAt));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BatchStatus read(Path file) {
        try {
            return BatchStatus.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
