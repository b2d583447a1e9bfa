package io.lipdrop.control;

import io.lipdrop.home.Documents;
import io.lipdrop.home.FolderAccess;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.intake.Withdrawals;
import io.lipdrop.job.Batch;
import io.lipdrop.job.CancelMark;
import io.lipdrop.queue.Cancellation;
import io.lipdrop.queue.ClaimedBatches;
import io.lipdrop.queue.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Cancels a job, or everything of a batch that has not ended, wherever it is on its way. */
@Component
public class Cancelling {
    private final Ledger ledger;
    private final ClaimedBatches claims;
    private final Cancellation cancellation;
    private final Withdrawals withdrawals;
    private final Folders folders;
    private final FolderAccess access;
    private final KnownJobs known;

    Cancelling(
            Ledger ledger,
            ClaimedBatches claims,
            Cancellation cancellation,
            Withdrawals withdrawals,
            Folders folders,
            FolderAccess access,
            KnownJobs known) {
        this.access = access;
        this.withdrawals = withdrawals;
        this.folders = folders;
        this.known = known;
        this.ledger = ledger;
        this.claims = claims;
        this.cancellation = cancellation;
    }

    /**
     * Cancels a job that waits or runs.
     *
     * @param by who or what asks, for the report: {@code api:<user>}, {@code page:<user>}, {@code mbean}
     */
    public Answer job(String id, String by) throws IOException {
        return switch (cancellation.cancel(id, by)) {
            case ACCEPTED -> Answer.DONE;
            case ENDED -> Answer.ENDED;
            case UNKNOWN -> known.find(id).isPresent() ? Answer.ENDED : Answer.UNKNOWN;
        };
    }

    /** Cancels every job of a batch that has not ended. Of a drop that waits in the inbox, what is there goes to the error folder. */
    public Answer batch(String id, String by) throws IOException {
        Optional<Batch> open = open(id);
        // INVARIANT: a drop becomes a batch under the lock of the withdrawals, so it is found here, or is
        // a batch at the second look
        if (open.isEmpty() && (isWithdrawn(id, by) || isMarked(id, by))) {
            open = open(id); // it may have become a batch just before
            if (open.isEmpty()) {
                return Answer.DONE;
            }
        }
        if (open.isPresent()) {
            return cancellation.cancel(open.get(), by) ? Answer.DONE : Answer.ENDED;
        }
        return known.isEnded(id) ? Answer.ENDED : Answer.UNKNOWN;
    }

    /** The inbox may hang while a drop is being taken from it. */
    private boolean isWithdrawn(String id, String by) throws IOException {
        return access.within(folders.inbox(), () -> withdrawals.begin(id, by));
    }

    /** A batch whose files are just being taken, from uploads or from the error folder: its jobs are cancelled when they are there. */
    private boolean isMarked(String id, String by) throws IOException {
        boolean isComing =
                Names.fit(id).equals(id) && (Files.exists(folders.claim(id)) || Files.exists(folders.retry(id)));
        if (isComing && !Files.exists(folders.cancelledBatch(id))) {
            Documents.write(folders.cancelledBatch(id), new CancelMark(by));
        }
        return isComing;
    }

    /** One that has just been taken from the inbox is seen from now on. */
    private Optional<Batch> open(String id) throws IOException {
        Optional<Batch> known = ledger.batch(id);
        if (known.isEmpty()) {
            claims.look();
            known = ledger.batch(id);
        }
        return known;
    }
}
