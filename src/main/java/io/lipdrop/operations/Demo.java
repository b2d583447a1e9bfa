package io.lipdrop.operations;

import io.lipdrop.job.BatchStatus;
import io.lipdrop.job.Folders;
import io.lipdrop.job.JobState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.Resource;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** With {@code --demo}: drops the sample into the inbox as a person would, and tells how it goes. */
@Component
@ConditionalOnProperty("demo")
class Demo {
    private static final Logger log = LoggerFactory.getLogger(Demo.class);
    private static final String MANIFEST = "hello.yaml";

    private final Folders folders;
    private @Nullable String told;
    private boolean isDropped;

    Demo(Folders folders) {
        this.folders = folders;
    }

    @EventListener(ApplicationReadyEvent.class)
    void drop() throws IOException {
        List<Resource> files = ShippedFiles.resources("samples/hello").stream()
                .sorted(Comparator.comparing(file -> MANIFEST.equals(file.getFilename()))) // the manifest comes last
                .toList();
        for (Resource file : files) {
            ShippedFiles.copy(file, folders.inbox().resolve(Objects.requireNonNull(file.getFilename())));
        }
        isDropped = true;
        log.info("Demo: dropped the sample into {}", folders.inbox());
    }

    @Scheduled(fixedDelay = 1000)
    void tell() throws IOException {
        if (!isDropped) {
            return;
        }
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
        if (status.state().isFinal()) {
            isDropped = false;
        }
    }

    private String describe(BatchStatus status) {
        if (status.state() == JobState.DONE) {
            return "finished, watch "
                    + folders.outbox()
                            .resolve(status.batch())
                            .resolve(status.jobs().get(0).result()) + " - Lipdrop goes on watching " + folders.inbox()
                    + ", Ctrl+C ends it";
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
    private Optional<BatchStatus> latest() throws IOException {
        try (Stream<Path> batches = Files.list(folders.outbox())) {
            return batches.map(batch -> batch.resolve(BatchStatus.FILE_NAME))
                    .filter(Files::exists)
                    .map(Demo::read)
                    .filter(status -> status.manifest().equals(MANIFEST))
                    .max(Comparator.comparing(BatchStatus::updatedAt));
        }
    }

    private static BatchStatus read(Path file) {
        try {
            return BatchStatus.read(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
