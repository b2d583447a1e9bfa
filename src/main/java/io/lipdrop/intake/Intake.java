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
    public synchronized void take(@ExchangeProperty(SettledDropLock.VERDICT) SettledDrop.Verdict verdict)
            throws IOException {
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
        drops.claim(drop.manifestFile());
        carryOut(claim);
    }

    /** Carries to their end the claims that a crash or a full disk cut short. */
    @Override
    public synchronized void recover() throws IOException {
        if (!Files.isDirectory(folders.staging())) {
            return;
        }
        try (Stream<Path> batches = Files.list(folders.staging())) {
            for (Path batch : batches.toList()) {
                Path claim = batch.resolve(Claim.FILE_NAME);
                if (Files.exists(claim)) {
                    carryOut(Documents.read(claim, Claim.class));
                } else if (isNothingYet(batch)) {
                    DurableFiles.deleteTree(batch);
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
        claim.moves().forEach(move -> tidy(move.source(), claim.manifestFile()));
        tidy(claim.manifestFile());
        Batch batch = claim.toBatch();
        Documents.write(folders.claimed().resolve(claim.batch() + ".json"), batch);
        Files.deleteIfExists(folders.staging(claim.batch()).resolve(Claim.FILE_NAME));
        drops.forget(claim.manifestFile());
        log.info(
                "{}: taken from the inbox, {} video(s) to check",
                batch.id(),
                batch.jobs().size());
    }

    private static void bring(Claim.Move move) throws IOException {
        if (Files.exists(move.target())) {
            if (!move.shared() && Files.exists(move.source()) && isLeftOver(move)) {
                Files.delete(move.source());
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

    /** Copied across file systems, and cut short before the source went. On one file system a move leaves nothing. */
    private static boolean isLeftOver(Claim.Move move) throws IOException {
        return !Files.getFileStore(move.source()).equals(Files.getFileStore(move.target()))
                && Files.mismatch(move.source(), move.target()) < 0;
    }

    /** A crash came before the claim was on the disk: the drop is still in the inbox, whole. */
    private static boolean isNothingYet(Path staging) throws IOException {
        try (Stream<Path> files = Files.list(staging)) {
            return files.allMatch(DurableFiles::isHalfWritten);
        }
    }

    private RefusedDrop refuse(SettledDrop.Verdict.Refused refused) throws IOException {
        Drop drop = refused.drop();
        Path manifest = drop.manifestFile();
        List<RefusedDrop.Media> media = drop.files().values().stream()
                .filter(path -> !path.inLibrary() && Files.isRegularFile(path.file()))
                .map(InboxPath::file)
                .distinct()
                .map(file -> new RefusedDrop.Media(
                        file, placeInError(file, manifest), drops.isNeededByOthers(file, manifest)))
                .toList();
        String batch = names.of(manifest);
        drops.forget(manifest);
        return new RefusedDrop(batch, names.label(manifest), manifest, media, refused.failure());
    }

    /** Where the manifest will find the file again, if that is below it. */
    private static String placeInError(Path file, Path manifest) {
        Path folder = manifest.toAbsolutePath().resolveSibling("");
        return file.startsWith(folder) ? folder.relativize(file).toString() : Names.fileName(file);
    }

    /** Leaves no empty folders behind when a drop was taken or refused. */
    public void tidyAfter(RefusedDrop refused) {
        refused.media().forEach(media -> tidy(media.file(), refused.manifest()));
        tidy(refused.manifest());
    }

    /** A dropped folder disappears with its drop, and so do the reports of a retried one. */
    private void tidy(Path manifest) {
        Path folder = manifest.getParent();
        if (folder == null || folder.equals(folders.inbox()) || !Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> rest = Files.list(folder)) {
            for (Path file : rest.filter(file -> ManifestFilter.isReport(Names.fileName(file)))
                    .toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            log.debug("{} keeps what no manifest named", folder);
        }
    }

    /** The folders between a file and its manifest's folder, if nothing else is in them. */
    private static void tidy(Path media, Path manifest) {
        Path top = manifest.toAbsolutePath().getParent();
        for (Path folder = media.getParent();
                folder != null && !folder.equals(top) && folder.startsWith(top);
                folder = folder.getParent()) {
            try {
                Files.deleteIfExists(folder);
            } catch (IOException e) {
                return;
            }
        }
    }
}
