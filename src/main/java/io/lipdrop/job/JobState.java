package io.lipdrop.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a job, or a batch as a whole, stands. */
public enum JobState {
    WAITING,
    QUEUED,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing more will happen. */
    public boolean isFinal() {
        return this == DONE || this == FAILED || this == CANCELLED;
    }
}
