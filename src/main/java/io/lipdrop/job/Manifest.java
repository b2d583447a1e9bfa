package io.lipdrop.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks for: the contract's {@code <batch>.yaml}.
 *
 * @param audio the voice, relative to the manifest or {@code library/…}
 * @param videos at least one
 * @param priority 0–9, higher first
 * @param options for all videos
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(String audio, List<Video> videos, int priority, Options options) {
    public static final int DEFAULT_PRIORITY = 4;

    /** Files whose names begin so are in the library. */
    public static final String LIBRARY = "library/";

    public Manifest {
        videos = List.copyOf(videos);
    }

    /** One video to make, with its own options where they differ. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Video(String file, @Nullable Options options) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public static Video of(String file) {
            return new Video(file, null);
        }

        @JsonCreator
        public Video {}
    }
}
