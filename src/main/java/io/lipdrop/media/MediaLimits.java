package io.lipdrop.media;

import java.time.Duration;

/**
 * What is refused before anything is decoded.
 *
 * @param maxPixels the largest picture, width times height
 * @param maxDuration the longest audio or video
 * @param probeTimeout how long looking at one file may take
 */
public record MediaLimits(long maxPixels, Duration maxDuration, Duration probeTimeout) {

    public static MediaLimits defaults() {
        return new MediaLimits(8192L * 4320, Duration.ofHours(6), Duration.ofSeconds(20));
    }
}
