package io.lipdrop.media.sound;

import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.probe.StreamClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/** The FFmpeg filters of {@link SoundDecoding}: from a sound track to the voice and to the delivered sound. */
final class SoundGraph {
    private static final int[] AAC_RATES = {
        8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000
    };

    private static final String DELIVERED_LAYOUTS = "mono|stereo|3.0|4.0|5.0|5.1|7.1";

    private SoundGraph() {}

    /** FFmpeg's default mix. */
    static final String AS_IT_IS = "";

    /** Input options: damaged timestamps are ignored; gaps become silence. */
    static final List<String> INPUT =
            List.of("-dts_error_threshold", Integer.toString(StreamClock.DAMAGED_STEP_SECONDS));

    /** The sum of all channels, each with {@code gain}. */
    static String allChannels(int channels, double gain) {
        StringJoiner sum = new StringJoiner("+", "pan=mono|c0=", ",");
        for (int i = 0; i < channels; i++) {
            sum.add(String.format(Locale.ROOT, "%.6f*c%d", gain, i));
        }
        return sum.toString();
    }

    static String oneChannel(int channel) {
        return "pan=mono|c0=c" + channel + ",";
    }

    /** Output options: the voice to standard output, the delivered sound into a file. */
    static List<String> both(SoundTrack track, String mix, String seconds, Path delivery) {
        int channels = mix.isEmpty() ? track.channels() : 1;
        String graph = start(track) + mix + "asplit[v][d];[v]" + toVoice(0)
                + ";[d]aresample=%d,aformat=channel_layouts=%s[delivery]"
                        .formatted(aacRate(track.sampleRate()), DELIVERED_LAYOUTS);
        List<String> options = new ArrayList<>(toPipe(graph, seconds));
        options.addAll(List.of("-map", "[delivery]", "-t", seconds, "-map_metadata", "-1", "-c:a", "aac"));
        options.addAll(List.of("-b:a", Integer.toString(bitRate(channels)), "-f", "mp4", Ffmpeg.url(delivery)));
        return options;
    }

    /** Output options: the voice alone. */
    static List<String> voice(SoundTrack track, String mix, double decibels, String seconds) {
        return toPipe(start(track) + mix + toVoice(decibels), seconds);
    }

    /** Output options: every channel, at the rate of the voice. */
    static List<String> channels(SoundTrack track, String seconds) {
        String rate = "aresample=%d,aformat=sample_fmts=s16[voice]".formatted(VoiceDecoder.SAMPLE_RATE);
        return toPipe(start(track) + rate, seconds);
    }

    private static List<String> toPipe(String graph, String seconds) {
        return List.of("-filter_complex", graph, "-map", "[voice]", "-t", seconds, "-f", "s16le", "pipe:1");
    }

    private static String start(SoundTrack track) {
        return "[0:%d]aresample=async=1%s,".formatted(track.index(), track.startsInTime() ? ":first_pts=0" : "");
    }

    private static String toVoice(double decibels) {
        String volume = decibels == 0 ? "" : String.format(Locale.ROOT, "volume=%.1fdB,", decibels);
        return volume
                + "aresample=%d,aformat=sample_fmts=s16:channel_layouts=mono[voice]"
                        .formatted(VoiceDecoder.SAMPLE_RATE);
    }

    /** A transparent bit rate; the encoder lowers it for a low sample rate. */
    private static int bitRate(int channels) {
        return channels == 1 ? 128_000 : channels == 2 ? 224_000 : channels <= 6 ? 448_000 : 576_000;
    }

    private static int aacRate(int rate) {
        return IntStream.of(AAC_RATES)
                .filter(known -> known >= rate)
                .findFirst()
                .orElse(rate > 96_000 ? 48_000 : 44_100);
    }
}
