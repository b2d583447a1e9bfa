package io.lipdrop.sync.render;

import io.lipdrop.job.Job;
import io.lipdrop.job.Options;
import io.lipdrop.media.ffmpeg.EncoderSettings;
import io.lipdrop.media.frame.Rational;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.media.video.LoopedVideo.Fill;
import io.lipdrop.media.video.VideoFile;
import io.lipdrop.sync.face.FaceChoice;
import java.time.Duration;
import java.util.Objects;

/**
 * What one job comes to, once its files are known.
 *
 * @param videoSha256 of the file that was dropped
 * @param film the video, as it is read
 * @param frames how many frames the result has: as long as the voice, to the nearest frame
 * @param segmentFrames how many frames a segment has
 * @param fill how the video fills the voice
 */
public record RenderPlan(
        Job job,
        String videoSha256,
        VideoFile film,
        VideoStream video,
        long frames,
        long segmentFrames,
        Fill fill,
        FaceChoice choice) {

    public static RenderPlan of(Job job, String videoSha256, MediaInfo info, double voiceSeconds, Duration segment) {
        VideoStream video = info.video().orElseThrow();
        long frames = Math.max(1, video.rate().framesIn(job.options().secondsOf(voiceSeconds)));
        long segmentFrames = Math.max(1, video.rate().framesIn(segment.toMillis() / 1000.0));
        Options options = job.options();
        Fill fill = video.isStill()
                ? Fill.HOLD
                : Fill.valueOf(Objects.requireNonNull(options.length()).name());
        FaceChoice choice =
                FaceChoice.valueOf(Objects.requireNonNull(options.face()).name());
        return new RenderPlan(
                job, videoSha256, new VideoFile(job.video(), info), video, frames, segmentFrames, fill, choice);
    }

    /** The same with the video read from elsewhere. */
    public RenderPlan reading(VideoFile other) {
        return new RenderPlan(job, videoSha256, other, video, frames, segmentFrames, fill, choice);
    }

    /** Whether a copy with other time stamps is read in the place of the video. */
    public boolean readsACopy() {
        return !film.file().equals(job.video());
    }

    public Rational rate() {
        return video.rate();
    }

    /** The moment of the voice that a frame shows, in seconds. */
    public double voiceSecondsAt(long frame) {
        int offset = Objects.requireNonNullElse(job.options().audioOffsetMs(), 0);
        return rate().secondsOf(frame) - offset / 1000.0;
    }

    /** Whether only the beginning of a voice is rendered, so that the sound is cut too. */
    public boolean isOfPart(double voiceSeconds) {
        return job.options().secondsOf(voiceSeconds) < voiceSeconds;
    }

    /** Whether a label says in every frame that the video is AI-made. */
    public boolean isLabelled() {
        return Boolean.TRUE.equals(job.options().label());
    }

    /** Two attempts with the same key make the same segments. */
    public String key(String voiceSha256, EncoderSettings encoder) {
        String label = isLabelled() ? "|" + AiLabel.VERSION : "";
        return "%s|%s|%d|%d|%s|%s%s"
                .formatted(videoSha256, voiceSha256, frames, segmentFrames, job.options(), encoder, label);
    }
}
