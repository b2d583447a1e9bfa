package io.lipdrop.control;

import io.lipdrop.job.Batch;
import io.lipdrop.queue.Cancellation;
import io.lipdrop.queue.ClaimedBatches;
import io.lipdrop.queue.Ledger;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Cancels a job, or everything of a batch that has not ended, wherever it is on its way. */
@Component
public class Cancelling {
    private final Ledger ledger;
    private final ClaimedBatches claims;
    private final Cancellation cancellation;

    Cancelling(Ledger ledger, ClaimedBatches claims, Cancellation cancellation) {
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
            case UNKNOWN -> Answer.UNKNOWN;
        };
    }

    /** Cancels every job of a batch that has not ended. */
    public Answer batch(String id, String by) throws IOException {
        Optional<Batch> open = open(id);
        if (open.isPresent()) {
            return cancellation.cancel(open.get(), by) ? Answer.DONE : Answer.ENDED;
        }
        return Answer.UNKNOWN;
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
