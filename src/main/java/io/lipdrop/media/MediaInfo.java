package io.lipdrop.media;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a file holds, judged by its content.
 *
 * @param container FFmpeg's name of the container
 * @param video the main picture; cover art of a sound file does not count
 * @param assembly how the main picture is put together
 * @param audio the main sound
 * @param duration as the file says; zero for a still picture or where it does not say
 * @param startSeconds where the file's own clock starts
 * @param probeOptions what ffprobe has to be told so that streams that nobody needs do not stop it
 */
public record MediaInfo(
        String container,
        Optional<VideoStream> video,
        Assembly assembly,
        Optional<AudioStream> audio,
        Duration duration,
        double startSeconds,
        List<String> probeOptions) {

    /** The same film where its picture lies alone in a copy: place and stamps are the copy's, all else stays as it is. */
    MediaInfo in(MediaInfo copy) {
        return new MediaInfo(
                copy.container,
                video.map(picture -> picture.in(copy.video.orElseThrow())),
                copy.assembly,
                audio,
                copy.duration,
                copy.startSeconds,
                copy.probeOptions);
    }

    MediaInfo lasting(Duration measured) {
        return new MediaInfo(container, video, assembly, audio, measured, startSeconds, probeOptions);
    }
}
