package io.lipdrop.media.probe;

import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.frame.Colour;
import java.time.Duration;
import java.util.Optional;

/**
 * The content of a media file.
 *
 * @param container FFmpeg's name of the container
 * @param video the main video or image; cover art of a sound file does not count
 * @param assembly how the image is assembled
 * @param source what the picture's values mean in the file; {@link VideoStream#colour()} is what they mean when they are read
 * @param audio the main sound
 * @param duration from the file; zero for an image or if unknown
 * @param startSeconds first timestamp of the file
 * @param unlisted unused streams that ffprobe must accept
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
    /** Twice that of DSD512. A header that claims more is damaged, and FFmpeg would need any amount of memory to resample it. */
    private static final int HIGHEST_SAMPLE_RATE = 5_644_800;

    /** The main video; throws with the file's name if there is none. */
    public VideoStream requireVideo(String name) {
        return video.orElseThrow(() -> new MediaException(Kind.NO_VIDEO, name + " has no video stream."));
    }

    /** The main sound; throws with the file's name if there is none, or none that can be. */
    public AudioStream requireAudio(String name) {
        AudioStream stream = audio.orElseThrow(() -> noAudio(name));
        if (stream.sampleRate() > HIGHEST_SAMPLE_RATE) {
            throw new MediaException(
                    Kind.DAMAGED, "%s is damaged: it claims %d samples a second.".formatted(name, stream.sampleRate()));
        }
        return stream;
    }

    /** The message about a file without sound. */
    public static MediaException noAudio(String name) {
        return new MediaException(Kind.NO_AUDIO, name + " has no audio stream.");
    }

    /** The dynamic range in the file. */
    public DynamicRange range() {
        return DynamicRange.of(source);
    }

    /** The same video with its video stream in a copy: index and timestamps are those of the copy. */
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
