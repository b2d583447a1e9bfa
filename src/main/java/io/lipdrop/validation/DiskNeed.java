package io.lipdrop.validation;

import io.lipdrop.job.Options;
import io.lipdrop.media.probe.AudioStream;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.VideoStream;
import java.util.Optional;

/**
 * The disk space that a rendering takes at most: as many bytes a second as the video has, as long as the voice, twice, since the
 * segments and the file that is joined from them lie beside each other; and the voice, decoded and encoded.
 */
final class DiskNeed {
    /** What x264 makes of usual and of noisy films at the default quality, bits per pixel: for sources with less or more. */
    private static final double MIN_BITS_PER_PIXEL = 0.12;

    private static final double MAX_BITS_PER_PIXEL = 1;

    /** A picture costs its key frames only, one in ten seconds, and the region of the mouth. */
    private static final double STILL_BITS_PER_PIXEL_AND_SECOND = 0.5;

    /** 16-bit samples at 16 kHz, and AAC at up to 256 kbit/s: for the batch, in each result, and in the file it is joined to. */
    private static final double VOICE_BYTES_PER_SECOND = 2 * 16_000 + 3 * 32_000;

    private DiskNeed() {}

    /** How long a voice is, where the file tells or its bit rate does. */
    static Optional<Double> seconds(MediaInfo voice, long fileBytes) {
        double seconds =
                voice.audio().map(AudioStream::seconds).filter(said -> said > 0).orElse(0.0);
        if (seconds <= 0) {
            seconds = voice.duration().toMillis() / 1000.0;
        }
        if (seconds <= 0) {
            long bitRate = voice.audio().map(AudioStream::bitRate).orElse(0L);
            seconds = bitRate > 0 ? 8.0 * fileBytes / bitRate : 0;
        }
        return seconds > 0 ? Optional.of(seconds) : Optional.empty();
    }

    /**
     * What decides how large a result becomes.
     *
     * @param pixels of a frame
     * @param framesPerSecond of the result
     * @param seconds how long it is, 0 where nothing tells
     * @param fileBytes the size of its file
     */
    record Source(long pixels, double framesPerSecond, boolean isStill, double seconds, long fileBytes) {
        static Source of(VideoStream video, long fileBytes) {
            long pixels = (long) video.frameWidth() * video.frameHeight();
            return new Source(pixels, video.rate().value(), video.isStill(), video.seconds(), fileBytes);
        }

        private double bytesPerSecond() {
            if (isStill) {
                return pixels * STILL_BITS_PER_PIXEL_AND_SECOND / 8;
            }
            double least = pixels * framesPerSecond * MIN_BITS_PER_PIXEL / 8;
            double most = pixels * framesPerSecond * MAX_BITS_PER_PIXEL / 8;
            double itsOwn = seconds > 0 ? fileBytes / seconds : 0;
            return Math.max(least, Math.min(most, itsOwn));
        }
    }

    /** The bytes that one result takes while it is made, with a voice of so many seconds. */
    static long bytes(Source video, double voiceSeconds, Options options) {
        boolean endsWithVideo = options.length() == Options.Length.TRIM && !video.isStill && video.seconds > 0;
        double seconds = endsWithVideo ? Math.min(voiceSeconds, video.seconds) : voiceSeconds;
        return (long) Math.ceil(seconds * (2 * video.bytesPerSecond() + VOICE_BYTES_PER_SECOND));
    }
}
