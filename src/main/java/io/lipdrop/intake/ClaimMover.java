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
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the files of a claim from the inbox to {@code work/}: as they were checked, or not at all. */
final class ClaimMover {
    private static final Logger log = LoggerFactory.getLogger(ClaimMover.class);

    private final Folders folders;
    private final SettledDrop drops;
    private final OpenClaims claims;
    private final Withdrawals withdrawals;
    private final CopyNotice notice;
    private final GuardedFolder inbox;
    private final Set<Path> copies = new HashSet<>();

    ClaimMover(Folders folders, SettledDrop drops, OpenClaims claims, Withdrawals withdrawals, CopyNotice notice) {
        this.withdrawals = withdrawals;
        this.folders = folders;
        this.drops = drops;
        this.claims = claims;
        this.notice = notice;
        this.inbox = new GuardedFolder(folders.inbox());
    }

    /** The result of a move. */
    enum Result {
        /** All of it is in {@code work/}. */
        TAKEN,
        /** A file changed before the first one left the inbox: all files are still there. */
        CHANGED,
        /** Another claim has priority; copies are kept. */
        OUTRANKED,
        /** Somebody cancelled the drop before the first file left the inbox. */
        WITHDRAWN
    }

    /** Ends a copy. */
    private static final class Withdrawn extends RuntimeException {
        Withdrawn() {
            super("cancelled", null, false, false);
        }
    }

    /**
     * Moves all files; those moved before are skipped.
     *
     * @throws IOException if the inbox is not available or the disk is full
     */
    Result bring(Claim claim) throws IOException {
        requireInboxOf(claim);
        if (!isBegun(claim)) {
            if (isWithdrawn(claim)) {
                return Result.WITHDRAWN;
            }
            for (Claim.Move move : claim.moves()) {
                if (claims.isOutranked(claim)) {
                    return Result.OUTRANKED;
                }
                try {
                    if (!isPrepared(claim, move)) {
                        requireInboxOf(claim);
                        return Result.CHANGED;
                    }
                } catch (Withdrawn e) {
                    return Result.WITHDRAWN;
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
        requireInboxOf(claim); // otherwise it is unknown which files have left it
        claim.moves().forEach(move -> copies.remove(move.target()));
        return Result.TAKEN;
    }

    /** An inbox that is not available does not mean that its files were deleted. */
    private void requireInboxOf(Claim claim) throws IOException {
        if (!Files.isDirectory(folders.inbox()) || !isOn(claim.inboxStore())) {
            throw new IOException(folders.inbox() + " is not available: is a disk or network share unmounted?");
        }
    }

    /** Claims of the first version have the device name, which may belong to another disk after a restart. */
    private boolean isOn(String store) throws IOException {
        return store.equals(SharedFolder.mountOf(folders.inbox()))
                || store.equals(SharedFolder.storeOf(folders.inbox()));
    }

    /** Whether a file has already left the inbox. */
    private boolean isBegun(Claim claim) throws IOException {
        for (Claim.Move move : claim.moves()) {
            if (Files.exists(move.target()) && inbox.attributes(move.source()).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Copies what cannot be renamed. This takes long for a large file on another disk. Nothing leaves the inbox meanwhile,
     * and people may change files.
     *
     * @return false if it is not the file that was checked
     */
    private boolean isPrepared(Claim claim, Claim.Move move) throws IOException {
        if (Files.exists(move.target()) || !(isShared(claim, move) || isElsewhere(move))) {
            return true;
        }
        LongConsumer progress = notice.of(claim, move.source(), move.stamp().bytes());
        return copy(move, copied -> {
                    if (isWithdrawn(claim)) {
                        throw new Withdrawn();
                    }
                    progress.accept(copied);
                })
                || isAsJudged(claim, move);
    }

    private boolean isWithdrawn(Claim claim) {
        return withdrawals.of(claim.manifestFile()).isPresent();
    }

    private boolean copy(Claim.Move move, LongConsumer copied) throws IOException {
        boolean isCopied = inbox.copy(move.source(), move.target(), move::isOf, copied);
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

    /** Takes one file if it is still the one that was checked; a different file in its place stays there. */
    private void bring(Claim claim, Claim.Move move) throws IOException {
        boolean isShared = isShared(claim, move);
        if (Files.exists(move.target())) {
            if (!isShared && (copies.contains(move.target()) || isElsewhere(move))) {
                inbox.delete(move.source(), move::isOf);
            }
        } else if (isShared
                ? !copy(move, notice.of(claim, move.source(), move.stamp().bytes()))
                : !inbox.move(move.source(), move.target(), move::isOf)) {
            log.warn("{} disappeared from the inbox while it was being taken", Names.fileName(move.source()));
        }
    }

    /** Whether a file stays in the inbox because other drops need it. */
    private boolean isShared(Claim claim, Claim.Move move) {
        return (move.shared() && claims.isRecovered(claim))
                || claims.isNeededByOthers(move.source(), claim)
                || drops.isNeededByOthers(move.source(), claim.manifestFile());
    }

    /** Whether it is on another file system than {@code work/}, so that it cannot be renamed. */
    private boolean isElsewhere(Claim.Move move) throws IOException {
        return Files.exists(move.source())
                && !Files.getFileStore(move.source()).equals(Files.getFileStore(folders.staging()));
    }
}
