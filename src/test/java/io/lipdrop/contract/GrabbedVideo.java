package io.lipdrop.contract;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;

/**
 * A result as JavaCV's reader decodes it in this process. The product and {@link TestMedia#probe} use FFmpeg's programs.
 *
 * @param micros the time stamp of every frame
 * @param soundSeconds length of the decoded sound
 */
record GrabbedVideo(int width, int height, List<Long> micros, double soundSeconds) {
    static GrabbedVideo of(Path file) {
        av_log_set_level(AV_LOG_ERROR);
        List<Long> micros = new ArrayList<>();
        double samples = 0;
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
            grabber.start();
            for (Frame frame = grabber.grab(); frame != null; frame = grabber.grab()) {
                if (frame.image != null) {
                    micros.add(frame.timestamp);
                }
                if (frame.samples != null) { // all channels in one buffer
                    samples += (double) frame.samples[0].limit() / frame.audioChannels;
                }
            }
            return new GrabbedVideo(
                    grabber.getImageWidth(),
                    grabber.getImageHeight(),
                    List.copyOf(micros),
                    samples / grabber.getSampleRate());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
