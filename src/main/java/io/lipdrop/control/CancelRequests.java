package io.lipdrop.control;

import io.lipdrop.home.Names;
import io.lipdrop.home.TakenNames;
import io.lipdrop.intake.claim.BatchNames;
import io.lipdrop.intake.manifest.CancelFiles;
import io.lipdrop.intake.manifest.CancelFiles.Request;
import io.lipdrop.job.Batch;
import io.lipdrop.queue.Ledger;
import io.lipdrop.stage.OneByOne;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Cancels the batches that are named by files {@code <batch>.cancel} in the inbox. Upper and lower case, and Unicode forms, are alike. */
@Component
public class CancelRequests {
    private static final Logger log = LoggerFactory.getLogger(CancelRequests.class);

    /** A drop that came with the file may not have been seen yet. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final CancelFiles files;
    private final Cancelling cancelling;
    private final Ledger ledger;
    private final BatchNames names;
    private final OpenRetries retries;

    CancelRequests(CancelFiles files, Cancelling cancelling, Ledger ledger, BatchNames names, OpenRetries retries) {
        this.files = files;
        this.cancelling = cancelling;
        this.ledger = ledger;
        this.names = names;
        this.retries = retries;
    }

    /**
     * Carries out what the files ask for, and takes them away.
     *
     * @throws IOException where a batch cannot be cancelled now; it is tried again
     */
    public void carryOut() throws IOException {
        OneByOne.each(files.open(), this::carryOut);
    }

    private void carryOut(Request request) throws IOException {
        Optional<String> batch = batchOf(request);
        boolean isDone = batch.isPresent() && cancelling.batch(batch.get(), "file") == Answer.DONE;
        if (!isDone) {
            if (request.age().compareTo(PATIENCE) < 0) {
                return;
            }
            log.warn("{} is deleted: no batch of this name waits or runs", request.file());
        }
        files.done(request);
    }

    /** The batch of exactly this name, else of this name but for case and form, else that of the manifest beside the file. */
    private Optional<String> batchOf(Request request) {
        List<String> open =
                new ArrayList<>(ledger.batches().stream().map(Batch::id).toList());
        open.addAll(retries.batches());
        Map<Path, String> drops = names.reserved();
        open.addAll(drops.values());
        String name = Names.fit(request.batch());
        return first(open, name::equals)
                .or(() -> first(open, other -> isAlike(other, name)))
                .or(() -> drops.entrySet().stream()
                        .filter(drop -> isBeside(drop.getKey(), request))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }

    private static boolean isBeside(Path manifest, Request request) {
        return manifest.resolveSibling("").equals(request.file().resolveSibling(""))
                && isAlike(Names.stem(Names.fileName(manifest)), Names.fit(request.batch()));
    }

    private static Optional<String> first(List<String> names, Predicate<String> isMeant) {
        return names.stream().filter(isMeant).findFirst();
    }

    private static boolean isAlike(String one, String other) {
        return TakenNames.folded(one).equals(TakenNames.folded(other));
    }
}
