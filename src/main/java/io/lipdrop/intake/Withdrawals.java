package io.lipdrop.intake;

import io.lipdrop.files.Stamp;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.intake.claim.BatchNames;
import io.lipdrop.intake.claim.Claim;
import io.lipdrop.job.CancelMark;
import io.lipdrop.job.Failure;
import io.lipdrop.stage.Notices;
import io.lipdrop.stage.Recoverable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Drops that somebody cancelled while they waited in the inbox or were being taken: what is there goes to the error folder. Each is a
 * document in {@code work/} until that is done, so that a cancelled drop stays cancelled after a restart.
 */
@Component
@Order(0)
public class Withdrawals implements Recoverable {
    private static final Logger log = LoggerFactory.getLogger(Withdrawals.class);

    private final Folders folders;
    private final BatchNames names;
    private final Notices notices;
    private final Map<Path, Withdrawal> open = new HashMap<>();

    Withdrawals(Folders folders, BatchNames names, Notices notices) {
        this.folders = folders;
        this.names = names;
        this.notices = notices;
    }

    /**
     * The document.
     *
     * @param manifest its path in the inbox
     * @param stamp of the manifest: another one of the same name, later, is another drop
     */
    private record Withdrawal(
            String batch, String manifest, @Nullable Stamp stamp, String by) {}

    /**
     * Cancels a drop.
     *
     * @return false where no drop of this name waits or is being taken
     */
    public synchronized boolean begin(String batch, String by) throws IOException {
        for (Map.Entry<Path, String> drop : names.reserved().entrySet()) {
            Path manifest = drop.getKey();
            if (drop.getValue().equals(batch)) {
                if (!open.containsKey(manifest)) {
                    String label = names.label(manifest);
                    Withdrawal withdrawal = new Withdrawal(batch, label, Stamp.of(manifest), by);
                    Documents.write(document(batch), withdrawal);
                    open.put(manifest, withdrawal);
                    log.info("{}: to be cancelled ({})", batch, by);
                    notices.waiting(batch, label, "cancelled (%s); its files go to error/".formatted(by));
                }
                return true;
            }
        }
        return false;
    }

    /** Why a drop is refused, if it was cancelled. */
    synchronized Optional<Failure> of(Path manifest) {
        return Optional.ofNullable(open.get(manifest))
                .map(withdrawal -> Failure.cancelled(withdrawal.manifest(), withdrawal.by()));
    }

    /** The drop is no longer in the inbox. */
    synchronized void end(Path manifest) throws IOException {
        Withdrawal withdrawal = open.remove(manifest);
        if (withdrawal != null) {
            Files.deleteIfExists(document(withdrawal.batch()));
        }
    }

    /** Hands over a batch whose files have all been taken; if it was cancelled until now, so are its jobs. */
    synchronized void handOver(Claim claim, HandOver step) throws IOException {
        Withdrawal withdrawal = open.get(claim.manifestFile());
        if (withdrawal != null) {
            Documents.write(folders.cancelledBatch(claim.batch()), new CancelMark(withdrawal.by()));
        }
        step.run();
        names.release(claim.manifestFile()); // whoever cancels it from now on finds the batch
        end(claim.manifestFile());
    }

    /** What makes a batch of a claim. */
    @FunctionalInterface
    interface HandOver {
        void run() throws IOException;
    }

    @Override
    public synchronized void recover() throws IOException {
        if (!Files.isDirectory(folder())) {
            return;
        }
        try (Stream<Path> documents = Files.list(folder())) {
            for (Path document : documents.toList()) {
                recover(document);
            }
        }
    }

    private void recover(Path document) {
        try {
            Withdrawal withdrawal = Documents.read(document, Withdrawal.class);
            Path manifest = folders.inbox().resolve(withdrawal.manifest());
            Stamp now = Stamp.of(manifest);
            boolean isOther = now.exists() && !now.equals(withdrawal.stamp());
            boolean isDone = !now.exists() && !Files.exists(folders.claim(withdrawal.batch()));
            if ((isOther || isDone) && Files.isDirectory(folders.inbox())) {
                Files.deleteIfExists(document);
            } else {
                open.put(manifest, withdrawal);
            }
        } catch (IOException | RuntimeException e) {
            log.warn("{} cannot be read; the drop that it cancels goes on: {}", document, e.toString());
        }
    }

    private Path folder() {
        return folders.work().resolve("withdrawn");
    }

    private Path document(String batch) {
        return folder().resolve(batch + ".json");
    }
}
