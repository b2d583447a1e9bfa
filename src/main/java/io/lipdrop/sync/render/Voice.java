package io.lipdrop.sync.render;

import io.lipdrop.sync.voice.MouthTrack;
import java.nio.file.Path;
import java.util.List;

/**
 * A voice made ready.
 *
 * @param sound AAC in .m4a, as it will be delivered
 * @param samples raw signed 16-bit little-endian mono at 16 kHz
 * @param mouth what the mouth does
 * @param seconds how long it is
 * @param saidSeconds how long the file that was dropped says it is, 0 where it does not
 * @param sha256 of the file that was dropped
 * @param warnings what a person should know about the sound
 */
public record Voice(
        Path sound,
        Path samples,
        MouthTrack mouth,
        double seconds,
        double saidSeconds,
        String sha256,
        List<String> warnings) {}
