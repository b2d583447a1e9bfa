package io.lipdrop.intake;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.files.GuardedFolder;
import io.lipdrop.home.Folders;
import io.lipdrop.intake.claim.BatchNames;
import io.lipdrop.intake.claim.Claim;
import io.lipdrop.intake.claim.Handover;
import io.lipdrop.intake.claim.OpenClaims;
import io.lipdrop.intake.claim.StagedClaims;
import io.lipdrop.intake.drop.Drop;
import io.lipdrop.intake.posted.PostedBatches;
import io.lipdrop.job.RefusedDrop;
import io.lipdrop.stage.Notices;
import io.lipdrop.stage.Recoverable;
import io.lipdrop.stage.Uptime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Takes a settled drop out of the inbox in two steps, by two routes: first a claim is written; then its files are moved to
 * {@code work/}, which can take long if the inbox is on another file system, and a batch waits for validation.
 */
@Component
@Order(1)
class Intake implements Recoverable {
    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    private final Folders folders;
    private final SettledDrop drops;
    private final BatchNames names;
    private final Withdrawals withdrawals;
    private final Notices notices;
    private final Handover handover;
    private final PostedBatches posted;
    private final ClaimMover removal;
    private final Leftovers leftovers;
    private final StagedClaims staged;
    private final OpenClaims claims;
    private final Clock clock;
    private final Refusals refusals;

    Intake(
            Folders folders,
            SettledDrop drops,
            BatchNames names,
            Withdrawals withdrawals,
            Notices notices,
            Handover handover,
            PostedBatches posted,
            StagedClaims staged,
            Uptime uptime,
            Clock clock) {
        this.folders = folders;
        this.drops = drops;
        this.names = names;
        this.withdrawals = withdrawals;
        this.notices = notices;
        this.handover = handover;
        this.posted = posted;
        this.claims = new OpenClaims(uptime);
        this.removal = new ClaimMover(folders, drops, claims, withdrawals, new CopyNotice(notices, names, uptime));
        this.leftovers = new Leftovers(new GuardedFolder(folders.inbox()), folders.inbox());
        this.staged = staged;
        this.clock = clock;
        this.refusals = new Refusals(folders, drops, names);
    }

    /** Claims a drop, or records that it must be rejected. Neither waits for a copy. */
    public void take(@ExchangeProperty(SettledDropLock.VERDICT) SettledDrop.Verdict verdict) throws IOException {
        if (verdict instanceof SettledDrop.Verdict.Refused refused) {
            drops.claim(refused.drop().manifestFile());
            refusals.add(refused);
            return;
        }
        Drop drop = ((SettledDrop.Verdict.Ready) verdict).drop();
        Path manifest = drop.manifestFile();
        Claim claim = Claim.of(
                names.of(manifest), drop, folders, file -> drops.isNeededByOthers(file, manifest), clock.instant());
        staged.write(claim);
        drops.claim(manifest);
        claims.ahead(claim)
                .ifPresent(first -> notices.waiting(
                        claim.batch(),
                        names.label(manifest),
                        "complete; waiting for drop %s to be copied first".formatted(first)));
        claims.add(claim);
    }

    /** Finds the claims that a crash interrupted. */
    @Override
    public void recover() throws IOException {
        List<Claim> found = staged.recover();
        posted.recover(found.stream().filter(Claim::isPosted).toList());
        for (Claim claim : found) {
            if (!claim.isPosted()) {
                drops.claim(claim.manifestFile());
                names.restore(claim.manifestFile(), claim.batch());
                claims.addRecovered(claim);
            }
        }
    }

    /**
     * Moves the files of claimed drops, highest priority first. An error in one drop does not affect the others. Called by
     * one route only.
     *
     * @throws RefusedDrop if a drop must be moved to the error folder
     * @throws IOException if a claim cannot be carried out now; it is retried later
     */
    public synchronized void carryOn() throws IOException {
        Optional<RefusedDrop> refused = refusals.next();
        if (refused.isPresent()) {
            throw refused.get();
        }
        IOException trouble = null;
        Optional<Claim> next = claims.next();
        while (next.isPresent()) {
            try {
                carryOut(next.get());
            } catch (IOException e) {
                trouble = e;
            }
            next = refusals.isNoneWaiting() ? claims.next() : Optional.empty();
        }
        if (trouble != null) {
            throw trouble;
        }
    }

    private void carryOut(Claim claim) throws IOException {
        try {
            switch (removal.bring(claim)) {
                case TAKEN -> close(claim);
                case CHANGED, WITHDRAWN -> giveBack(claim);
                case OUTRANKED -> log.debug("{}: a drop with higher priority is taken first", claim.batch());
            }
        } catch (IOException | RuntimeException e) {
            claims.pause(claim);
            String why = "taking it from the inbox failed, retrying: " + Diagnosis.words(e);
            notices.waiting(claim.batch(), names.label(claim.manifestFile()), why);
            throw e instanceof IOException known ? known : new IOException(Diagnosis.words(e), e);
        }
    }

    /** Every step may have been done before a crash; repeating it changes nothing. */
    private void close(Claim claim) throws IOException {
        leftovers.remove(
                claim.manifestFile(),
                claim.moves().stream().map(Claim.Move::source).toList());
        String label = names.label(claim.manifestFile());
        withdrawals.handOver(claim, () -> handover.of(claim, label));
        claims.remove(claim);
        drops.forget(claim.manifestFile());
        log.info(
                "{}: taken from the inbox, {} video(s) to check",
                claim.batch(),
                claim.manifest().videos().size());
    }

    private void giveBack(Claim claim) throws IOException {
        staged.drop(claim);
        claims.remove(claim);
        drops.giveBack(claim.manifestFile());
    }

    /** Cleans up after a rejected drop. */
    public synchronized void tidyAfter(RefusedDrop refused) throws IOException {
        refusals.end();
        withdrawals.end(refused.manifest());
        drops.forget(refused.manifest());
        leftovers.remove(
                refused.manifest(),
                refused.media().stream().map(RefusedDrop.Media::file).toList());
    }
}
