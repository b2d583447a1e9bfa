package io.lipdrop.intake;

import io.lipdrop.files.DurableFiles;
import io.lipdrop.files.SharedFolder;
import io.lipdrop.job.Folders;
import io.lipdrop.job.Names;
import java.io.IOException;
import java.nio.file.Files;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the files of a claim from the inbox to {@code work/}: as they were judged, or not at all. */
final class Removal {
    private static final Logger log = LoggerFactory.getLogger(Removal.class);

    private final Folders folders;

    Removal(Folders folders) {
        this.folders = folders;
    }

    /**
     * Brings all of them; what was brought before is left as it is.
     *
     * @return false where one changed before the first had left the inbox: there they all still are
     * @throws IOException while the inbox is away or there is no room
     */
    boolean bring(Claim claim) throws IOException {
        requireInboxOf(claim);
        if (!isBegun(claim)) {
            copyWhatCannotBeMoved(claim);
            if (isChanged(claim)) {
                return false;
            }
        }
        for (Claim.Move move : claim.moves()) {
            bring(move);
        }
        return true;
    }

    /** An inbox that is away never means that its files were deleted. */
    private void requireInboxOf(Claim claim) throws IOException {
        if (!Files.isDirectory(folders.inbox())
                || !isOn(claim.inboxStore())) {
            throw new IOException(folders.inbox() + " is away");
        }
    }

    /** Claims of the first version have the device's name, which another start may have given to another disk. */
    private boolean isOn(String store) throws IOException {
        return store.equals(SharedFolder.mountOf(folders.inbox())) || store.equals(SharedFolder.storeOf(folders.inbox()));
    }

    /** Whether something has left the inbox already. */
    private static boolean isBegun(Claim claim) {
        return claim.moves().stream()
                .anyMatch(move -> !move.shared() && Files.exists(move.target()) && !Files.exists(move.source()));
    }

    /** Long for a large file on another disk; nothing leaves the inbox meanwhile, and people may change it. */
    private void copyWhatCannotBeMoved(Claim claim) throws IOException {
        for (Claim.Move move : claim.moves()) {
            boolean isToBeCopied = Files.exists(move.source()) && (move.shared() || isElsewhere(move));
            if (isToBeCopied && !Files.exists(move.target())) {
                DurableFiles.copy(move.source(), move.target());
            }
        }
    }

    private static boolean isChanged(Claim claim) throws IOException {
        for (Claim.Move move : claim.moves()) {
            if (!move.isAsJudged()) {
                log.info(
                        "{}: {} changed while it was being taken; the drop settles again",
                        claim.batch(),
                        Names.fileName(move.source()));
                return true;
            }
        }
        return false;
    }

    /** Takes one file, if it still is the one that was judged; another that lies in its place stays there. */
    private void bring(Claim.Move move) throws IOException {
        if (Files.exists(move.target())) {
            if (!move.shared() && Files.exists(move.source()) && isElsewhere(move) && move.isAsJudged()) {
                Files.delete(move.source());
            }
        } else if (move.isAsJudged()) {
            DurableFiles.move(move.source(), move.target());
        } else {
            log.warn("{} left the inbox while it was being taken", Names.fileName(move.source()));
        }
    }

    /** Whether it lies on another file system than {@code work/}, so that it cannot just be renamed. */
    private boolean isElsewhere(Claim.Move move) throws IOException {
        return !Files.getFileStore(move.source()).equals(Files.getFileStore(folders.staging()));
    }
}
