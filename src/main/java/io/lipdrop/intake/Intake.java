package io.lipdrop.intake;

import io.lipdrop.files.DurableFiles;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Documents;
import io.lipdrop.job.Folders;
import io.lipdrop.job.Manifest;
import io.lipdrop.job.Names;
import io.lipdrop.job.Recoverable;
import io.lipdrop.job.RefusedDrop;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Takes a settled drop out of the inbox: its files move to {@code work/}, and a batch waits for validation. */
@Component
@Order(1)
class Intake implements Recoverable {
    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    private final Folders folders;
    private final SettledDrop drops;
    private final BatchNames names;
    private final Clock clock;

    Intake(Folders folders, SettledDrop drops, BatchNames names, Clock clock) {
        this.folders = folders;
        this.drops = drops;
        this.names = names;
        this.clock = clock;
    }

    /**
     * Takes a drop that may be taken.
     *
     * @throws RefusedDrop when it never can be run as it is
     */
    public void take(@ExchangeProperty(SettledDropLock.VERDICT) SettledDrop.Verdict verdict) throws IOException {
        if (verdict instanceof SettledDrop.Verdict.Refused refused) {
            throw refuse(refused);
        }
        Drop drop = ((SettledDrop.Verdict.Ready) verdict).drop();
        Manifest manifest = Objects.requireNonNull(drop.manifest());
        Claim claim = Claim.of(
                names.of(drop.manifestFile()),
                drop,
                manifest,
                folders,
                file -> drops.isNeededByOthers(file, drop.manifestFile()),
                clock.instant());
        Documents.write(folders.staging(claim.batch()).resolve(Claim.FILE_NAME), claim);
        carryOut(claim);
        drops.forget(drop.manifestFile());
    }

    /** Carries to their end the claims that a crash cut short. */
    @Override
    public void recover() throws IOException {
        if (!Files.isDirectory(folders.staging())) {
            return;
        }
        try (Stream<Path> batches = Files.list(folders.staging())) {
            for (Path batch : batches.toList()) {
                Path claim = batch.resolve(Claim.FILE_NAME);
                if (Files.exists(claim)) {
                    carryOut(Documents.read(claim, Claim.class));
                }
            }
        }
    }

    /** Every step may have been done before: each looks first, so that a repetition changes nothing. */
    private void carryOut(Claim claim) throws IOException {
        for (Claim.Move move : claim.moves()) {
            bring(move);
        }
        Path manifest = folders.staging(claim.batch()).resolve(Names.fileName(claim.manifestFile()));
        bring(new Claim.Move(claim.manifestFile(), manifest, false));
        tidy(claim.manifestFile());
        Batch batch = claim.toBatch();
        Documents.write(folders.claimed().resolve(claim.batch() + ".json"), batch);
        Files.deleteIfExists(folders.staging(claim.batch()).resolve(Claim.FILE_NAME));
        log.info(
                "{}: taken from the inbox, {} video(s) to check",
                batch.id(),
                batch.jobs().size());
    }

    private static void bring(Claim.Move move) throws IOException {
        if (Files.exists(move.target())) {
            if (!move.shared()
                    && Files.exists(move.source())
                    && Files.size(move.source()) == Files.size(move.target())) {
                Files.delete(move.source()); // copied across file systems, and cut short before this
            }
            return;
        }
        try {
            if (move.shared()) {
                DurableFiles.linkOrCopy(move.source(), move.target());
            } else {
                DurableFiles.move(move.source(), move.target());
            }
        } catch (NoSuchFileException e) {
            log.warn("{} left the inbox while it was being taken", Names.fileName(move.source()));
        }
    }

    private RefusedDrop refuse(SettledDrop.Verdict.Refused refused) throws IOException {
        Drop drop = refused.drop();
        List<Path> media = drop.files().values().stream()
                .filter(path -> !path.inLibrary() && Files.isRegularFile(path.file()))
                .map(InboxPath::file)
                .filter(file -> !drops.isNeededByOthers(file, drop.manifestFile()))
                .distinct()
                .toList();
        String batch = names.of(drop.manifestFile());
        drops.forget(drop.manifestFile());
        return new RefusedDrop(batch, names.label(drop.manifestFile()), drop.manifestFile(), media, refused.failure());
    }

    /** A dropped folder disappears with its drop, and so do the reports of a retried one. */
    private void tidy(Path manifest) throws IOException {
        Path folder = manifest.getParent();
        if (folder == null || folder.equals(folders.inbox()) || !Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> rest = Files.list(folder)) {
            for (Path file : rest.filter(file -> ManifestFilter.isReport(Names.fileName(file)))
                    .toList()) {
                Files.deleteIfExists(file);
            }
        }
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            log.debug("{} keeps what no manifest named", folder);
        }
    }
}
