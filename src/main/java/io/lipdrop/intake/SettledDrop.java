package io.lipdrop.intake;

import io.lipdrop.files.GuardedFolder;
import io.lipdrop.home.Folders;
import io.lipdrop.home.InboxSettings;
import io.lipdrop.intake.claim.BatchNames;
import io.lipdrop.intake.drop.Drop;
import io.lipdrop.intake.drop.FolderNames;
import io.lipdrop.intake.drop.Sighting;
import io.lipdrop.intake.manifest.ManifestReader;
import io.lipdrop.intake.manifest.Reading;
import io.lipdrop.job.Failure;
import io.lipdrop.stage.Notices;
import io.lipdrop.stage.Uptime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Decides whether a drop can be taken (complete, and unchanged for the settle time), must wait, or is rejected. */
@Component
class SettledDrop {
    private static final Logger log = LoggerFactory.getLogger(SettledDrop.class);

    private final Folders folders;
    private final BatchNames names;
    private final Withdrawals withdrawals;
    private final Notices notices;
    private final Uptime uptime;
    private final FolderNames folderNames;
    private final ManifestReader reader;
    private final Judgement judgement;
    private final InboxIdentity inbox;
    private final Map<Path, Sighting> sightings = new HashMap<>();
    private final Set<Path> claimed = new HashSet<>();
    private Set<Path> missed = Set.of();

    SettledDrop(
            Folders folders,
            InboxSettings settings,
            BatchNames names,
            Withdrawals withdrawals,
            Notices notices,
            Uptime uptime,
            Clock clock) {
        this.withdrawals = withdrawals;
        this.folders = folders;
        this.names = names;
        this.notices = notices;
        this.uptime = uptime;
        this.reader = new ManifestReader(new GuardedFolder(folders.inbox()));
        this.folderNames = new FolderNames(uptime);
        this.judgement = new Judgement(folders, settings, reader, this::isNeededByOthers, clock);
        this.inbox = new InboxIdentity(folders.inbox());
    }

    /** The verdict for a manifest in the inbox. */
    synchronized Verdict judge(Path manifest) throws IOException {
        if (claimed.contains(manifest)) {
            return new Verdict.Waiting("being taken");
        }
        inbox.see();
        Duration now = uptime.now();
        Sighting last = sightings.get(manifest);
        Optional<Failure> cancelled = withdrawals.of(manifest);
        if (cancelled.isEmpty() && last != null && last.isStillWaiting(manifest, now)) {
            return new Verdict.Waiting(last.told);
        }
        Map<Path, FileTime> folderTimes = Sighting.foldersOf(last);
        Drop drop;
        try {
            Reading known = last == null ? null : last.drop.reading();
            drop = Drop.lookAt(manifest, known, reader, folders, folderNames);
        } catch (NoSuchFileException e) {
            return new Verdict.Waiting("gone");
        }
        Sighting sighting = new Sighting(drop, last, now, folderTimes);
        sightings.put(manifest, sighting);
        Verdict verdict = cancelled.isPresent() ? new Verdict.Refused(drop, cancelled.get()) : judgement.of(sighting);
        if (verdict instanceof Verdict.Waiting waiting) {
            tell(manifest, sighting, waiting.message());
        }
        return verdict;
    }

    /**
     * Reports drops whose manifest was missing from the inbox in two polls in a row (an editor may replace the file between
     * them). If the inbox is not available, its files do not count as missing.
     */
    public synchronized void forgetGone() {
        if (!inbox.isAsSeen()) {
            return; // not available, or the empty mount point of a share
        }
        Set<Path> absent = new HashSet<>();
        names.reserved().forEach((manifest, batch) -> {
            if (Files.exists(manifest) || claimed.contains(manifest)) {
                return;
            }
            absent.add(manifest);
            if (missed.contains(manifest)) {
                sightings.remove(manifest);
                names.release(manifest);
                endWithdrawal(manifest);
                notices.withdrawn(batch, names.label(manifest));
            }
        });
        missed = absent;
    }

    private void endWithdrawal(Path manifest) {
        try {
            withdrawals.end(manifest);
        } catch (IOException e) {
            log.debug("{} is looked at again at the next start", manifest, e);
        }
    }

    /** The drop is claimed from now on, wherever its files are. */
    synchronized void claim(Path manifest) {
        claimed.add(manifest);
    }

    /** The claim was given up; the drop may be checked again. */
    synchronized void giveBack(Path manifest) {
        claimed.remove(manifest);
        sightings.remove(manifest);
    }

    /** The drop is not claimed yet; what is known about it is kept. */
    synchronized void unclaim(Path manifest) {
        claimed.remove(manifest);
    }

    /** The drop has left the inbox. */
    synchronized void forget(Path manifest) {
        claimed.remove(manifest);
        sightings.remove(manifest);
        names.release(manifest);
    }

    /** Whether any manifest in the inbox names this file. */
    synchronized boolean isNamed(Path file) {
        return sightings.values().stream().anyMatch(sighting -> sighting.drop.names(file));
    }

    /** Whether another manifest in the inbox names this file too. */
    synchronized boolean isNeededByOthers(Path file, Path manifest) {
        return sightings.entrySet().stream()
                .anyMatch(other -> !other.getKey().equals(manifest)
                        && other.getValue().drop.names(file)
                        && (claimed.contains(other.getKey())
                                || Files.exists(other.getKey()))); // it may be moved by rename
    }

    private void tell(Path manifest, Sighting sighting, String message) throws IOException {
        if (!sighting.told.equals(message)) {
            String batch = names.of(manifest);
            notices.waiting(batch, names.label(manifest), message);
            log.info("{}: {}", batch, message);
            sighting.told = message;
        }
    }

    /** The verdict for a drop. */
    sealed interface Verdict {
        /** Not yet. */
        record Waiting(String message) implements Verdict {}

        /** Take it. */
        record Ready(Drop drop) implements Verdict {}

        /** Reject it: it cannot be processed as it is. */
        record Refused(Drop drop, Failure failure) implements Verdict {}
    }
}
