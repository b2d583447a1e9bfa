package io.lipdrop.benchmark;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PROFILE_H264_HIGH;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import io.lipdrop.files.PendingFile;
import io.lipdrop.media.ffmpeg.EncoderSettings;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.frame.Rational;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.javacv.FFmpegFrameRecorder;

/** In this process, through JavaCV's recorder. */
final class RecorderEncoder implements FrameEncoder {
    private final PendingFile pending;
    private final FFmpegFrameRecorder recorder;
    private final ByteBuffer image;

    RecorderEncoder(Path target, int width, int height, Rational rate, EncoderSettings settings) throws IOException {
        if (avcodec_find_encoder_by_name(settings.codec()) == null) { // the recorder would take MPEG-4 instead
            throw new IOException("No encoder " + settings.codec());
        }
        av_log_set_level(AV_LOG_ERROR); // as the child process is told
        pending = new PendingFile(target);
        image = ByteBuffer.allocateDirect(width * height / 2 * 3);
        recorder = new FFmpegFrameRecorder(pending.path().toString(), width, height, 0);
        recorder.setFormat("nut");
        recorder.setFrameRate((double) rate.num() / rate.den());
        recorder.setPixelFormat(AV_PIX_FMT_YUV420P);
        recorder.setVideoCodecName(settings.codec());
        // Its own defaults are the constrained baseline profile and a bit rate.
        recorder.setGopSize(-1);
        recorder.setVideoProfile(AV_PROFILE_H264_HIGH);
        recorder.setVideoBitrate(0);
        LibavEncoder.options(settings).forEach(recorder::setVideoOption);
        recorder.start();
    }

    @Override
    public void write(Frame frame) throws IOException {
        image.clear().put(frame.data()).flip();
        recorder.recordImage(frame.width(), frame.height(), 8, 1, frame.width(), AV_PIX_FMT_YUV420P, image);
    }

    @Override
    public void finish() throws IOException {
        recorder.stop();
        pending.commit();
    }

    /** Not the recorder's own {@code close}, which encodes what it still holds. */
    @Override
    public void close() throws IOException {
        recorder.release();
        pending.close();
    }
}
