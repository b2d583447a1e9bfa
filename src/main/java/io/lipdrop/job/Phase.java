package io.lipdrop.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a running job is doing, in the order in which it happens. */
public enum Phase {
    LOADING_MODEL,
    READING_AUDIO,
    TRACKING_FACE,
    RENDERING,
    DELIVERING;

    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
