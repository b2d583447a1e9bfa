package io.lipdrop.history;

import io.lipdrop.files.Stamp;
import io.lipdrop.status.BatchStatus;

/**
 * A batch in memory.
 *
 * @param stamp of its {@code status.json} when that was read; {@link Stamp#NONE} where there was none, and reports only
 */
record Entry(EndedBatch batch, Stamp stamp) {
    static Entry of(BatchStatus status, Stamp stamp) {
        return new Entry(EndedBatch.of(status), stamp);
    }

    String id() {
        return batch.id();
    }

    boolean isOfReportsOnly() {
        return stamp.equals(Stamp.NONE);
    }
}
