package io.lipdrop.library;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;

/**
 * A file that a manifest can name.
 *
 * @param name as manifests name it: {@code library/voices/anna.wav}
 * @param kind by its name, or its first bytes where the name does not tell; what it is worth is known when a job opens it
 */
public record LibraryFile(String name, long bytes, Instant modified, Kind kind) {
    /** What a file may be used for. */
    public enum Kind {
        AUDIO,
        VIDEO,
        IMAGE;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
