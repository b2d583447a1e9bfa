package io.lipdrop.intake.claim;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Folders;
import io.lipdrop.home.HomeDocuments;
import io.lipdrop.home.Names;
import io.lipdrop.job.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The claims in {@code work/staging/}: one document in the folder of each batch being taken. */
@Component
public class StagedClaims {
    private static final Logger log = LoggerFactory.getLogger(StagedClaims.class);

    private final Folders folders;
    private final OldStaging oldStaging;
    private final HomeDocuments documents;

    public StagedClaims(Folders folders) {
        this.folders = folders;
        this.oldStaging = new OldStaging(folders);
        this.documents = new HomeDocuments(folders);
    }

    /** Writes a claim; on disk when this returns. */
    public void write(Claim claim) throws IOException {
        documents.write(folders.claim(claim.batch()), claim);
    }

    /** Gives a batch whose files are all here to validation; on disk when this returns. */
    public void handOver(Batch batch) throws IOException {
        documents.write(folders.claimed(batch.id()), batch);
    }

    /** The batch is handed over to validation: deletes the claim. */
    public void close(Claim claim) throws IOException {
        Files.deleteIfExists(folders.claim(claim.batch()));
    }

    /** The drop is still complete in the inbox: deletes the copies of its files. */
    public void drop(Claim claim) throws IOException {
        DurableFiles.deleteTree(folders.media(claim.batch()));
        DurableFiles.deleteTree(folders.manifest(claim.batch()));
        DurableFiles.deleteTree(folders.staging(claim.batch()));
    }

    /** Whether the batch was handed over to validation: all its files are in {@code work/}, and it must not start again. */
    public boolean isHandedOver(String batch) {
        return Files.exists(folders.claimed(batch))
                || Files.exists(folders.staging(batch).resolve(Folders.BATCH));
    }

    /** The claims of earlier processes. One that cannot be read now is found at the next start. */
    public List<Claim> recover() {
        List<Claim> claims = new ArrayList<>();
        try (Stream<Path> stagings = Files.list(folders.staging())) {
            for (Path staging : stagings.toList()) {
                recover(staging).ifPresent(claims::add);
            }
        } catch (IOException e) {
            log.warn("Cannot look for drops that were taken only in part: {}", e.toString());
        }
        return claims;
    }

    private Optional<Claim> recover(Path staging) {
        try {
            oldStaging.freeRecordsOf(Names.fileName(staging));
            Path document = staging.resolve(Folders.CLAIM);
            if (isHandedOver(Names.fileName(staging))) {
                Files.deleteIfExists(document);
            } else if (Files.exists(document)) {
                return read(document);
            } else if (isNothingYet(staging)) {
                DurableFiles.deleteTree(staging);
            }
        } catch (IOException e) {
            log.warn("{} cannot be read: {}", staging, e.toString());
        }
        return Optional.empty();
    }

    /** Moves an unreadable claim to {@code work/aside/}: its batch cannot be taken, all others can. */
    private Optional<Claim> read(Path document) throws IOException {
        try {
            Claim claim = documents.read(document, Claim.class);
            if (claim != null && claim.isComplete(Names.fileName(document.resolveSibling("")))) {
                return Optional.of(oldStaging.carriedOver(claim));
            }
        } catch (JsonProcessingException e) {
            log.debug("{}", document, e);
        }
        Path staging = document.resolveSibling("");
        Path aside = folders.aside().resolve(Names.fileName(staging) + "-" + Folders.CLAIM);
        DurableFiles.move(document, aside);
        log.error("{} cannot be read; moved to {}. Files of its drop may lie in {}", document, aside, staging);
        return Optional.empty();
    }

    /** A crash came before the claim was written: the drop is still complete in the inbox. */
    private static boolean isNothingYet(Path staging) throws IOException {
        try (Stream<Path> files = Files.list(staging)) {
            return files.allMatch(DurableFiles::isHalfWritten);
        }
    }
}
