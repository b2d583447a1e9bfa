package io.lipdrop.media;

import io.lipdrop.media.MediaException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
            long bytes;
            try (Child child =
                    abort.guard(ffmpeg.read(file, info.container(), List.of(), outputs(audio, aac.path())))) {
                bytes = copy(child, raw.path());
                Exit exit = child.waitForExit();
                if (exit.isViolent() || bytes == 0) {
                    throw exit.failure(name, Kind.DAMAGED);
                }
            }
            raw.commit();
            aac.commit();
            return new Voice(bytes / Short.BYTES);
        } catch (IOException e) {
            throw new MediaException(
                    Kind.DISK_FULL, SafeInput.nameOf(voice) + " could not be written: " + e.getMessage(), e);
        }
    }

    /** Ends a {@link #decode} that runs in another thread; it fails with STALLED. */
    public void abort() {
        abort.abort();
    }

    private long copy(Child child, Path target) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        long bytes = 0;
        try (OutputStream out = Files.newOutputStream(target);
                InputStream in = child.output()) {
            for (int n = read(in, block); n >= 0; n = read(in, block)) {
                out.write(block, 0, n);
                bytes += n;
                moved.run();
            }
        }
        return bytes;
    }

    private static int read(InputStream in, byte[] block) {
        try {
            return in.read(block);
        } catch (IOException e) {
            return -1; // The pipe broke: the exit status tells why.
        }
    }

    private List<String> outputs(AudioStream audio, Path delivery) {
        int rate = aacRate(audio.sampleRate());
        String layouts = "mono|stereo|3.0|4.0|5.0|5.1|7.1";
        String graph = "[0:%d]aresample=async=1:first_pts=0,asplit[v][d];".formatted(audio.index())
                + "[v]aresample=%d,aformat=sample_fmts=s16:channel_layouts=mono[voice];".formatted(SAMPLE_RATE)
                + "[d]aresample=%d,aformat=channel_layouts=%s[delivery]".formatted(rate, layouts);
        String seconds = Long.toString(ffmpeg.limits().maxDuration().toSeconds());
        List<String> options = new ArrayList<>(List.of("-filter_complex", graph));
        options.addAll(List.of("-map", "[voice]", "-t", seconds, "-f", "s16le", "pipe:1"));
        options.addAll(List.of("-map", "[delivery]", "-t", seconds, "-map_metadata", "-1", "-c:a", "aac"));
        options.addAll(List.of("-b:a", Integer.toString(bitRate(audio.channels())), "-f", "mp4"));
        options.add(Ffmpeg.url(delivery));
        return options;
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
