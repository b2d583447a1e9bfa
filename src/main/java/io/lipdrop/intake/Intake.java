package io.lipdrop.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Documents;
import io.lipdrop.job.Folders;
import io.lipdrop.job.Names;
import io.lipdrop.job.Notices;
import io.lipdrop.job.Recoverable;
import io.lipdrop.job.RefusedDrop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
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
    private final Notices notices;
    private final Removal removal;
    private final OldStaging oldStaging;
    private final Clock clock;

    Intake(Folders folders, SettledDrop drops, BatchNames names, Notices notices, Clock clock) {
        this.folders = folders;
        this.drops = drops;
        this.names = names;
        this.notices = notices;
        this.removal = new Removal(folders);
        this.oldStaging = new OldStaging(folders);
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
        Claim claim = Claim.of(
                names.of(drop.manifestFile()),
                drop,
                folders,
                file -> drops.isNeededByOthers(file, drop.manifestFile()),
                clock.instant());
        Documents.write(folders.staging(claim.batch()).resolve(Claim.FILE_NAME), claim);
        drops.claim(drop.manifestFile());
        carryOut(claim);
    }

    /** Carries to their end the claims that a crash cut short, or begins to; what cannot be done now is tried again later. */
    @Override
    public void recover() {
        try {
            for (Path batch : batches()) {
                oldStaging.freeRecordOf(Names.fileName(batch));
            }
            carryOn();
        } catch (IOException e) {
            log.warn("A drop cannot be taken yet: {}", e.toString());
        }
    }

    /**
     * Carries to their end the claims that an error cut short, such as a full disk: each, whatever becomes of the others.
     *
     * @throws IOException if there is one for which it is too soon
     */
    public synchronized void carryOn() throws IOException {
        IOException trouble = null;
        for (Path batch : batches()) {
            try {
                Path claim = batch.resolve(Claim.FILE_NAME);
                if (Files.exists(claim)) {
                    Optional<Claim> known = read(claim);
                    if (known.isPresent()) {
                        carryOut(known.get());
                    }
                } else if (isNothingYet(batch)) {
                    DurableFiles.deleteTree(batch);
                }
            } catch (IOException e) {
                trouble = e;
            }
        }
        if (trouble != null) {
            throw trouble;
        }
    }

    /** A claim that cannot be read is put aside, where a person finds it: its batch cannot be taken, every other one can. */
    private Optional<Claim> read(Path document) throws IOException {
        try {
            Claim claim = Documents.read(document, Claim.class);
            if (claim != null && claim.batch() != null && claim.manifestFile() != null && claim.manifest() != null) {
                return Optional.of(oldStaging.carriedOver(claim));
            }
        } catch (JsonProcessingException e) {
            log.debug("{}", document, e);
        }
        Path staging = document.resolveSibling("");
        Path aside = folders.work().resolve("aside").resolve(Names.fileName(staging) + "-" + Claim.FILE_NAME);
        DurableFiles.move(document, aside);
        log.error("{} cannot be read; moved to {}. Files of its drop may lie in {}", document, aside, staging);
        return Optional.empty();
    }

    private List<Path> batches() throws IOException {
        try (Stream<Path> batches = Files.list(folders.staging())) {
            return batches.toList();
        }
    }

    private void carryOut(Claim claim) throws IOException {
        try {
            take(claim);
        } catch (IOException e) {
            String why = "it cannot be taken now and is tried again: " + e.getMessage();
            notices.waiting(claim.batch(), names.label(claim.manifestFile()), why);
            throw e;
        }
    }

    /** Every step may have been done before: each looks first, so that a repetition changes nothing. */
    private void take(Claim claim) throws IOException {
        if (!removal.bring(claim)) {
            giveBack(claim);
            return;
        }
        claim.moves().forEach(move -> tidy(move.source(), claim.manifestFile()));
        tidy(claim.manifestFile());
        Batch batch = claim.toBatch();
        notices.waiting(batch.id(), names.label(claim.manifestFile()), "the files are being checked");
        Documents.write(folders.claimed().resolve(claim.batch() + ".json"), batch);
        Files.deleteIfExists(folders.staging(claim.batch()).resolve(Claim.FILE_NAME));
        drops.forget(claim.manifestFile());
        log.info(
                "{}: taken from the inbox, {} video(s) to check",
                batch.id(),
                batch.jobs().size());
    }

    private void giveBack(Claim claim) throws IOException {
        DurableFiles.deleteTree(folders.media(claim.batch()));
        DurableFiles.deleteTree(folders.staging(claim.batch()));
        drops.giveBack(claim.manifestFile());
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
                .filter(file -> !file.equals(manifest))
                .distinct()
                .map(file -> new RefusedDrop.Media(
                        file, placeInError(file, manifest), drops.isNeededByOthers(file, manifest)))
                .toList();
        return new RefusedDrop(names.of(manifest), names.label(manifest), manifest, media, refused.failure());
    }

    /** Where the manifest will find the file again, if that is below it. */
    private static String placeInError(Path file, Path manifest) {
        Path folder = manifest.toAbsolutePath().resolveSibling("");
        return file.startsWith(folder) ? folder.relativize(file).toString() : Names.fileName(file);
    }

    /** Leaves nothing behind when a drop has been refused. */
    public void tidyAfter(RefusedDrop refused) {
        drops.forget(refused.manifest());
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
