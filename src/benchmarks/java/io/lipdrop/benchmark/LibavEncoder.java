package io.lipdrop.benchmark;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import io.lipdrop.files.PendingFile;
import io.lipdrop.media.ffmpeg.EncoderSettings;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.frame.Rational;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** In this process, through FFmpeg's libraries themselves: each frame is copied once, into an {@code AVFrame} that is reused. */
final class LibavEncoder implements FrameEncoder {
    private static final int MESSAGE_BYTES = 256;

    private final PendingFile pending;
    private final AVCodecContext context;
    private final AVFormatContext format = new AVFormatContext(null);
    private final AVIOContext file = new AVIOContext(null);
    private final AVFrame picture = av_frame_alloc();
    private final AVPacket packet = av_packet_alloc();
    private long frames;
    private boolean isOpen = true;

    private LibavEncoder(Path target, AVCodec codec) {
        pending = new PendingFile(target);
        context = avcodec_alloc_context3(codec);
    }

    static LibavEncoder open(Path target, int width, int height, Rational rate, EncoderSettings settings)
            throws IOException {
        av_log_set_level(AV_LOG_ERROR); // as the child process is told
        AVCodec codec = avcodec_find_encoder_by_name(settings.codec());
        if (codec == null) {
            throw new IOException("No encoder " + settings.codec());
        }
        LibavEncoder encoder = new LibavEncoder(target, codec);
        try {
            encoder.openCodec(codec, width, height, rate, settings);
            encoder.openFile(codec);
            return encoder;
        } catch (IOException e) {
            encoder.close();
            throw e;
        }
    }

    /** The options of {@code H264Encoder} for a software encoder, and parameter sets in every key frame. */
    static Map<String, String> options(EncoderSettings settings) {
        return Map.of(
                "preset",
                settings.preset(),
                "crf",
                Integer.toString(settings.crf()),
                "threads",
                settings.threads() > 0 ? Integer.toString(settings.threads()) : "auto",
                "x264-params",
                "repeat-headers=1");
    }

    private void openCodec(AVCodec codec, int width, int height, Rational rate, EncoderSettings settings)
            throws IOException {
        context.width(width).height(height).pix_fmt(AV_PIX_FMT_YUV420P);
        context.time_base(av_make_q(rate.den(), rate.num())).framerate(av_make_q(rate.num(), rate.den()));
        AVDictionary options = new AVDictionary(null);
        options(settings).forEach((key, value) -> av_dict_set(options, key, value, 0));
        try {
            check(avcodec_open2(context, codec, options), "encoder");
        } finally {
            av_dict_free(options);
        }
        picture.width(width).height(height).format(AV_PIX_FMT_YUV420P);
        check(av_frame_get_buffer(picture, 0), "frame");
    }

    private void openFile(AVCodec codec) throws IOException {
        String url = Ffmpeg.url(pending.path());
        check(avformat_alloc_output_context2(format, null, "nut", url), "container");
        AVStream stream = avformat_new_stream(format, codec);
        check(avcodec_parameters_from_context(stream.codecpar(), context), "parameters");
        stream.time_base(context.time_base()).avg_frame_rate(context.framerate());
        check(avio_open(file, url, AVIO_FLAG_WRITE), "open");
        format.pb(file);
        check(avformat_write_header(format, (AVDictionary) null), "header");
    }

    @Override
    public void write(Frame frame) throws IOException {
        check(av_frame_make_writable(picture), "frame");
        copy(frame, 0, frame.lumaOffset(), frame.width(), frame.height());
        copy(frame, 1, frame.cbOffset(), frame.width() / 2, frame.height() / 2);
        copy(frame, 2, frame.crOffset(), frame.width() / 2, frame.height() / 2);
        picture.pts(frames++);
        encode(picture);
    }

    private void copy(Frame frame, int plane, int offset, int width, int height) {
        BytePointer to = picture.data(plane);
        int stride = picture.linesize(plane);
        if (stride == width) {
            to.put(frame.data(), offset, width * height);
            return;
        }
        for (int y = 0; y < height; y++) {
            to.position((long) y * stride).put(frame.data(), offset + y * width, width);
        }
    }

    private void encode(@Nullable AVFrame frame) throws IOException {
        check(avcodec_send_frame(context, frame), "encode");
        int result = avcodec_receive_packet(context, packet);
        while (result >= 0) {
            av_packet_rescale_ts(packet, context.time_base(), format.streams(0).time_base());
            packet.stream_index(0);
            check(av_write_frame(format, packet), "write");
            result = avcodec_receive_packet(context, packet);
        }
        if (result != AVERROR_EAGAIN() && result != AVERROR_EOF) {
            check(result, "encode");
        }
    }

    @Override
    public void finish() throws IOException {
        encode(null);
        check(av_write_trailer(format), "trailer");
        check(avio_closep(file), "close");
        pending.commit();
    }

    @Override
    public void close() {
        if (isOpen) {
            isOpen = false;
            av_packet_free(packet);
            av_frame_free(picture);
            avcodec_free_context(context);
            avio_closep(file);
            avformat_free_context(format);
            pending.close();
        }
    }

    private static void check(int result, String step) throws IOException {
        if (result < 0) {
            byte[] message = new byte[MESSAGE_BYTES];
            av_strerror(result, message, message.length);
            throw new IOException(step + ": " + new String(message, StandardCharsets.US_ASCII).trim());
        }
    }
}
