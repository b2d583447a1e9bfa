package io.lipdrop.intake.claim;

import io.lipdrop.home.Sources;
import io.lipdrop.job.Batch;
import io.lipdrop.stage.Notices;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Gives a claimed batch to validation, once all its files are in {@code work/}. */
@Component
public class Handover {
    private final StagedClaims staged;
    private final Sources sources;
    private final Notices notices;

    public Handover(StagedClaims staged, Sources sources, Notices notices) {
        this.staged = staged;
        this.sources = sources;
        this.notices = notices;
    }

    /**
     * The last step of a claim. It may have been done before a crash; repeating it changes nothing.
     *
     * @param label the manifest's name in reports
     */
    public void of(Claim claim, String label) throws IOException {
        Batch batch = claim.toBatch();
        if (!staged.isHandedOver(claim.batch())) {
            sources.judged(batch.id(), claim.stamps());
            notices.waiting(batch.id(), label, "checking the files");
            staged.handOver(batch);
        }
        staged.close(claim);
    }
}
