package io.lipdrop.media.sound;

import io.lipdrop.files.PendingFile;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.ffmpeg.Abort;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.ffmpeg.SafeInput;
import io.lipdrop.media.probe.AudioStream;
import io.lipdrop.media.probe.MediaInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Decodes a sound once into two files: the voice for the models, and the sound that is delivered. Both start at the file's
 * zero: the first timestamp is subtracted and gaps are filled with silence, so that nothing drifts.
 *
 * <p>The voice is found on any channel, in any track and in any of several joined recordings. A voice that is too quiet for
 * the models is raised for them only.
 */
public final class VoiceDecoder {
    /** Samples per second of the voice. */
    public static final int SAMPLE_RATE = 16_000;

    private final Ffmpeg ffmpeg;
    private final Runnable moved;
    private final Abort abort = new Abort();

    /** A decoder that reports progress. */
    public VoiceDecoder(Ffmpeg ffmpeg, Runnable moved) {
        this.ffmpeg = ffmpeg;
        this.moved = moved;
    }

    /**
     * The result of decoding.
     *
     * @param samples of the voice, at {@link #SAMPLE_RATE}
     * @param warnings warnings about the sound; may be empty
     */
    public record Voice(long samples, List<String> warnings) {
        /** The length of the voice. */
        public double seconds() {
            return (double) samples / SAMPLE_RATE;
        }
    }

    /**
     * Writes {@code voice} (raw signed 16-bit little-endian mono at {@link #SAMPLE_RATE}) and {@code delivery} (AAC in
     * .m4a, with the source's sample rate up to 96 kHz and its channels up to 7.1); both are written atomically.
     *
     * @throws MediaException NO_AUDIO, DAMAGED, DISK_FULL, STALLED, DECODER_CRASHED, UNREADABLE
     */
    public Voice decode(Path file, MediaInfo info, Path voice, Path delivery) {
        String name = SafeInput.nameOf(file);
        AudioStream audio = info.requireAudio(name);
        SafeInput.checkWritable(voice);
        SafeInput.checkWritable(delivery);
        try (PendingFile raw = new PendingFile(voice);
                PendingFile aac = new PendingFile(delivery);
                PendingFile joined = new PendingFile(voice.resolveSibling(voice.getFileName() + "-joined"))) {
            SoundDecoding decoding = new SoundDecoding(ffmpeg, abort, moved, name, raw, aac, joined);
            long samples = decoding.decode(file, info, audio.index());
            raw.commit();
            aac.commit();
            return new Voice(samples, decoding.warnings());
        } catch (IOException e) {
            throw new MediaException(
                    Kind.DISK_FULL, SafeInput.nameOf(voice) + " could not be written: " + e.getMessage(), e);
        }
    }

    /** Ends a {@link #decode} that runs in another thread; it fails with STALLED. */
    public void abort() {
        abort.abort();
    }
}
