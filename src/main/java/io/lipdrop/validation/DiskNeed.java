package io.lipdrop.validation;

import io.lipdrop.job.Options;
import io.lipdrop.media.probe.AudioStream;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.VideoStream;
import java.util.Optional;

/**
 * The maximum disk space of a rendering: the video's bytes per second times the voice's seconds, twice, because segments and
 * joined file exist at the same time; plus the voice, decoded and encoded.
 */
final class DiskNeed {
    /** Bits per pixel of x264 for usual and noisy videos at the default quality: limits for sources with less or more. */
    private static final double MIN_BITS_PER_PIXEL = 0.12;

    private static final double MAX_BITS_PER_PIXEL = 1;

    /** An image costs key frames only, one in ten seconds, and the mouth region. */
    private static final double STILL_BITS_PER_PIXEL_AND_SECOND = 0.5;

    /** 16-bit samples at 16 kHz, and AAC at up to 256 kbit/s: for the batch, in each result, and in the joined file. */
    private static final double VOICE_BYTES_PER_SECOND = 2 * 16_000 + 3 * 32_000;

    private DiskNeed() {}

    /** The length of a voice, if the file or its bit rate tells. */
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
     * The properties that determine the size of a result.
     *
     * @param pixels per frame
     * @param framesPerSecond of the result
     * @param seconds its length, 0 if unknown
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

    /** The bytes that one result needs while it is made, with a voice of this length. */
    static long bytes(Source video, double voiceSeconds, Options options) {
        return (long) Math.ceil(
                seconds(video, voiceSeconds, options) * (2 * video.bytesPerSecond() + VOICE_BYTES_PER_SECOND));
    }

    /** The length of the result, with a voice of this length. */
    static double seconds(Source video, double wholeVoiceSeconds, Options options) {
        double voiceSeconds = options.secondsOf(wholeVoiceSeconds);
        boolean endsWithVideo = options.length() == Options.Length.TRIM && !video.isStill && video.seconds > 0;
        return endsWithVideo ? Math.min(voiceSeconds, video.seconds) : voiceSeconds;
    }
}
