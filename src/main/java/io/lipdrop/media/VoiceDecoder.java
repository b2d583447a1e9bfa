package io.lipdrop.media;

import io.lipdrop.media.MediaException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Decodes a sound once into two files: the voice for the models, and the sound that is delivered. Both start at the
 * file's own zero: what a file's clock starts with is taken off, gaps are filled with silence, so that nothing drifts.
 */
public final class VoiceDecoder {
    /** Samples per second of the voice. */
    public static final int SAMPLE_RATE = 16_000;

    private static final int[] AAC_RATES = {
        8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000
    };

    private static final int BLOCK_BYTES = 1 << 16;

    /** −30 dBFS: a mix below that, the mean of all its samples, may be one of channels that cancel each other out. */
    private static final double QUIET = 1000;

    /** Channels that have nothing to do with each other differ from their mix by much less. */
    private static final double FAR_LOUDER = 4;

    private final Ffmpeg ffmpeg;
    private final Runnable moved;
    private final Abort abort = new Abort();

    /** A decoder that tells whenever something has moved. */
    public VoiceDecoder(Ffmpeg ffmpeg, Runnable moved) {
        this.ffmpeg = ffmpeg;
        this.moved = moved;
    }

    /**
     * What was decoded.
     *
     * @param samples of the voice, at {@link #SAMPLE_RATE}
     */
    public record Voice(long samples) {
        public double seconds() {
            return (double) samples / SAMPLE_RATE;
        }
    }

    /**
     * Writes {@code voice} (raw signed 16-bit little-endian mono at {@link #SAMPLE_RATE}) and {@code delivery} (AAC in
     * .m4a, with the source's sample rate up to 96 kHz and its channels up to 7.1); both appear whole or not at all.
     *
     * @throws MediaException NO_AUDIO, DAMAGED, DISK_FULL, STALLED, DECODER_CRASHED, UNREADABLE
     */
    public Voice decode(Path file, MediaInfo info, Path voice, Path delivery) {
        String name = SafeInput.nameOf(file);
        AudioStream audio = info.audio().orElseThrow(() -> noAudio(name));
        SegmentWriter.checkWritable(voice);
        SegmentWriter.checkWritable(delivery);
        try (PendingFile raw = new PendingFile(voice);
                PendingFile aac = new PendingFile(delivery)) {
            Sound mix = run(file, info, outputs(audio, aac.path()), raw.path());
            if (audio.channels() == 2 && mix.loudness() < QUIET) {
                hearLeftIfFarLouder(file, info, mix, raw.path());
            }
            raw.commit();
            aac.commit();
            return new Voice(mix.samples());
        } catch (IOException e) {
            throw new MediaException(
                    Kind.DISK_FULL, SafeInput.nameOf(voice) + " could not be written: " + e.getMessage(), e);
        }
    }

    /** Ends a {@link #decode} that runs in another thread; it fails with STALLED. */
    public void abort() {
        abort.abort();
    }

    /** Samples that were written, and the root of their mean square. */
    private record Sound(long samples, double loudness) {}

    /** A microphone that is wired the wrong way round says the opposite on the other channel: nothing is left in the mix. */
    private void hearLeftIfFarLouder(Path file, MediaInfo info, Sound mix, Path raw) throws IOException {
        AudioStream audio = info.audio().orElseThrow();
        String graph = start(audio) + ",pan=mono|c0=c0," + toVoice();
        try (PendingFile left = new PendingFile(raw.resolveSibling("left"))) {
            if (run(file, info, voiceOutput(graph), left.path()).loudness() > FAR_LOUDER * mix.loudness()) {
                Files.move(left.path(), raw, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Sound run(Path file, MediaInfo info, List<String> outputs, Path target) throws IOException {
        try (Child child = abort.guard(ffmpeg.read(file, info.container(), List.of(), outputs))) {
            Sound sound = copy(child, target);
            Exit exit = child.waitForExit();
            if (exit.isViolent() || sound.samples() == 0) {
                throw exit.failure(SafeInput.nameOf(file), Kind.DAMAGED);
            }
            return sound;
        }
    }

    private Sound copy(Child child, Path target) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long samples = 0;
        double squares = 0;
        try (OutputStream out = Files.newOutputStream(target)) {
            for (int n = child.read(block.array()); n > 0; n = child.read(block.array())) {
                out.write(block.array(), 0, n);
                samples += n / Short.BYTES;
                for (int i = 0; i + 1 < n; i += Short.BYTES) {
                    squares += block.getShort(i) * block.getShort(i);
                }
                moved.run();
            }
        }
        return new Sound(samples, Math.sqrt(squares / Math.max(1, samples)));
    }

    private List<String> outputs(AudioStream audio, Path delivery) {
        int rate = aacRate(audio.sampleRate());
        String layouts = "mono|stereo|3.0|4.0|5.0|5.1|7.1";
        String graph = start(audio) + ",asplit[v][d];[v]" + toVoice()
                + ";[d]aresample=%d,aformat=channel_layouts=%s[delivery]".formatted(rate, layouts);
        List<String> options = new ArrayList<>(voiceOutput(graph));
        options.addAll(List.of("-map", "[delivery]", "-t", mostSeconds(), "-map_metadata", "-1", "-c:a", "aac"));
        options.addAll(List.of("-b:a", Integer.toString(bitRate(audio.channels())), "-f", "mp4"));
        options.add(Ffmpeg.url(delivery));
        return options;
    }

    private List<String> voiceOutput(String graph) {
        return List.of("-filter_complex", graph, "-map", "[voice]", "-t", mostSeconds(), "-f", "s16le", "pipe:1");
    }

    private String mostSeconds() {
        return Long.toString(ffmpeg.limits().maxDuration().toSeconds());
    }

    private static String start(AudioStream audio) {
        return "[0:%d]aresample=async=1:first_pts=0".formatted(audio.index());
    }

    private static String toVoice() {
        return "aresample=%d,aformat=sample_fmts=s16:channel_layouts=mono[voice]".formatted(SAMPLE_RATE);
    }

    /** Bits per second that nobody hears; the encoder lowers what is too much for a low sample rate. */
    private static int bitRate(int channels) {
        return channels == 1 ? 128_000 : channels == 2 ? 224_000 : channels <= 6 ? 448_000 : 576_000;
    }

    private static int aacRate(int rate) {
        return IntStream.of(AAC_RATES)
                .filter(known -> known >= rate)
                .findFirst()
                .orElse(rate > 96_000 ? 48_000 : 44_100);
    }

    static MediaException noAudio(String name) {
        return new MediaException(Kind.NO_AUDIO, name + " has no sound in it.");
    }
}
