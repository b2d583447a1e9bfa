package io.lipdrop.intake;

import io.lipdrop.files.GuardedFolder;
import io.lipdrop.files.SharedFolder;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.intake.claim.Claim;
import io.lipdrop.intake.claim.OpenClaims;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the files of a claim from the inbox to {@code work/}: as they were judged, or not at all. */
final class ClaimMover {
    private static final Logger log = LoggerFactory.getLogger(ClaimMover.class);

    private final Folders folders;
    private final SettledDrop drops;
    private final OpenClaims claims;
    private final CopyNotice notice;
    private final GuardedFolder inbox;
    private final Set<Path> copies = new HashSet<>();

    ClaimMover(Folders folders, SettledDrop drops, OpenClaims claims, CopyNotice notice) {
        this.folders = folders;
        this.drops = drops;
        this.claims = claims;
        this.notice = notice;
        this.inbox = new GuardedFolder(folders.inbox());
    }

    /** How far a claim is. */
    enum Result {
        /** All of it is in {@code work/}. */
        TAKEN,
        /** Something changed before the first file had left the inbox: there they all still are. */
        CHANGED,
        /** Another claim is to be brought first; what is copied is kept. */
        OUTRANKED
    }

    /**
     * Brings all of them; what was brought before is left as it is.
     *
     * @throws IOException while the inbox is away or there is no room
     */
    Result bring(Claim claim) throws IOException {
        requireInboxOf(claim);
        if (!isBegun(claim)) {
            for (Claim.Move move : claim.moves()) {
                if (claims.isOutranked(claim)) {
                    return Result.OUTRANKED;
                }
                if (!isPrepared(claim, move)) {
                    requireInboxOf(claim);
                    return Result.CHANGED;
                }
            }
            for (Claim.Move move : claim.moves()) {
                if (!isAsJudged(claim, move)) {
                    requireInboxOf(claim);
                    return Result.CHANGED;
                }
            }
        }
        for (Claim.Move move : claim.moves()) {
            bring(claim, move);
        }
        requireInboxOf(claim); // else it is not known what has left it
        claim.moves().forEach(move -> copies.remove(move.target()));
        return Result.TAKEN;
    }

    /** An inbox that is away never means that its files were deleted. */
    private void requireInboxOf(Claim claim) throws IOException {
        if (!Files.isDirectory(folders.inbox()) || !isOn(claim.inboxStore())) {
            throw new IOException(folders.inbox() + " is not available: is a disk or network share unmounted?");
        }
    }

    /** Claims of the first version have the device's name, which another start may have given to another disk. */
    private boolean isOn(String store) throws IOException {
        return store.equals(SharedFolder.mountOf(folders.inbox()))
                || store.equals(SharedFolder.storeOf(folders.inbox()));
    }

    /** Whether something has left the inbox already. */
    private boolean isBegun(Claim claim) throws IOException {
        for (Claim.Move move : claim.moves()) {
            if (Files.exists(move.target()) && inbox.attributes(move.source()).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Copies what cannot be moved. Long for a large file on another disk; nothing leaves the inbox meanwhile, and people may
     * change it.
     *
     * @return false where it is not what was judged
     */
    private boolean isPrepared(Claim claim, Claim.Move move) throws IOException {
        if (Files.exists(move.target()) || !(isShared(claim, move) || isElsewhere(move))) {
            return true;
        }
        return copy(claim, move) || isAsJudged(claim, move);
    }

    private boolean copy(Claim claim, Claim.Move move) throws IOException {
        boolean isCopied = inbox.copy(
                move.source(),
                move.target(),
                move::isOf,
                notice.of(claim, move.source(), move.stamp().bytes()));
        if (isCopied) {
            copies.add(move.target());
        }
        return isCopied;
    }

    private boolean isAsJudged(Claim claim, Claim.Move move) throws IOException {
        boolean isAsJudged = inbox.attributes(move.source()).filter(move::isOf).isPresent();
        if (!isAsJudged) {
            log.info(
                    "{}: {} changed while it was moved out of the inbox; waiting until the drop stops changing",
                    claim.batch(),
                    Names.fileName(move.source()));
        }
        return isAsJudged;
    }

    /** Takes one file, if it still is the one that was judged; another that lies in its place stays there. */
    private void bring(Claim claim, Claim.Move move) throws IOException {
        boolean isShared = isShared(claim, move);
        if (Files.exists(move.target())) {
            if (!isShared && (copies.contains(move.target()) || isElsewhere(move))) {
                inbox.delete(move.source(), move::isOf);
            }
        } else if (isShared ? !copy(claim, move) : !inbox.move(move.source(), move.target(), move::isOf)) {
            log.warn("{} disappeared from the inbox while it was being taken", Names.fileName(move.source()));
        }
    }

    /** Whether a file stays in the inbox, since others need it there. */
    private boolean isShared(Claim claim, Claim.Move move) {
        return (move.shared() && claims.isRecovered(claim))
                || claims.isNeededByOthers(move.source(), claim)
                || drops.isNeededByOthers(move.source(), claim.manifestFile());
    }

    /** Whether it lies on another file system than {@code work/}, so that it cannot just be renamed. */
    private boolean isElsewhere(Claim.Move move) throws IOException {
        return Files.exists(move.source())
                && !Files.getFileStore(move.source()).equals(Files.getFileStore(folders.staging()));
    }
}
