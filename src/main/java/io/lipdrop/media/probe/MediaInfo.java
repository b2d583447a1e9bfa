package io.lipdrop.media.probe;

import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.frame.Colour;
import java.time.Duration;
import java.util.Optional;

/**
 * What a file holds, judged by its content.
 *
 * @param container FFmpeg's name of the container
 * @param video the main picture; cover art of a sound file does not count
 * @param assembly how the main picture is put together
 * @param source what the picture's values mean in the file; {@link VideoStream#colour()} is what they mean when they are read
 * @param audio the main sound
 * @param duration as the file says; zero for a still picture or where it does not say
 * @param startSeconds where the file's own clock starts
 * @param unlisted streams that are not read, of which ffprobe has to be told so that they do not stop it
 */
public record MediaInfo(
        String container,
        Optional<VideoStream> video,
        Assembly assembly,
        Colour source,
        Optional<AudioStream> audio,
        Duration duration,
        double startSeconds,
        UnlistedStreams unlisted) {

    /** The main picture of a file, called by its name where there is none. */
    public VideoStream requireVideo(String name) {
        return video.orElseThrow(() -> new MediaException(Kind.NO_VIDEO, name + " has no video stream."));
    }

    /** The main sound of a file, called by its name where there is none. */
    public AudioStream requireAudio(String name) {
        return audio.orElseThrow(() -> noAudio(name));
    }

    public static MediaException noAudio(String name) {
        return new MediaException(Kind.NO_AUDIO, name + " has no audio stream.");
    }

    /** How bright the picture is in the file. */
    public DynamicRange range() {
        return DynamicRange.of(source);
    }

    /** The same film where its picture lies alone in a copy: place and stamps are the copy's, all else stays as it is. */
    public MediaInfo in(MediaInfo copy) {
        return new MediaInfo(
                copy.container,
                video.map(picture -> picture.in(copy.video.orElseThrow())),
                copy.assembly,
                source,
                audio,
                copy.duration,
                copy.startSeconds,
                copy.unlisted);
    }

    MediaInfo lasting(Duration measured) {
        return new MediaInfo(container, video, assembly, source, audio, measured, startSeconds, unlisted);
    }
}
