package io.lipdrop.media;

import java.time.Duration;
import java.util.Optional;

/**
 * What a file holds, judged by its content.
 *
 * @param container FFmpeg's name of the container
 * @param video the main picture; cover art of a sound file does not count
 * @param audio the main sound
 * @param duration as the file says; zero for a still picture or where it does not say
 * @param startSeconds where the file's own clock starts
 */
public record MediaInfo(
        String container,
        Optional<VideoStream> video,
        Optional<AudioStream> audio,
        Duration duration,
        double startSeconds) {}
