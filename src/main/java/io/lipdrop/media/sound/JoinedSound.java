package io.lipdrop.media.sound;

import io.lipdrop.files.PendingFile;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.ffmpeg.Abort;
import io.lipdrop.media.ffmpeg.Child;
import io.lipdrop.media.ffmpeg.Exit;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.ffmpeg.SafeInput;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Converts a sound whose parameters change into one WAV with constant parameters: joined recordings, and broadcasts that
 * change between two and six channels.
 */
final class JoinedSound {
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int COPIED_BYTES = 1 << 22;
    private static final int FLOAT = 3;

    /** A header with more is wrong, and would make hours of sound from every recording. */
    private static final int HIGHEST_RATE = 192_000;

    private static final long SLACK_BYTES = 1 << 20;

    /** Size in the header of a WAV written to a pipe: until the end. */
    private static final int TO_THE_END = -1;

    private final Ffmpeg ffmpeg;
    private final Abort abort;
    private final Runnable moved;

    JoinedSound(Ffmpeg ffmpeg, Abort abort, Runnable moved) {
        this.ffmpeg = ffmpeg;
        this.abort = abort;
        this.moved = moved;
    }

    /**
     * Writes the recordings of a joined file, one after the other.
     *
     * @param wav the output; next to it one recording at a time is stored
     * @param warnings receives one for each recording that cannot be read
     */
    SoundTrack ofParts(List<JoinedFile.Part> parts, SoundTrack first, PendingFile wav, List<String> warnings)
            throws IOException {
        int rate = first.sampleRate();
        int channels = Math.min(2, first.channels());
        for (JoinedFile.Part part : parts) {
            Optional<SoundTrack> track = read(first.file(), part, wav, found -> {});
            rate = Math.min(
                    HIGHEST_RATE,
                    Math.max(rate, track.map(SoundTrack::sampleRate).orElse(0)));
            channels = Math.min(
                    2, Math.max(channels, track.map(SoundTrack::channels).orElse(0)));
        }
        int written = 0;
        long most = ffmpeg.limits().duration().toSeconds() * rate * channels * Float.BYTES;
        try (OutputStream out = begin(wav.path(), rate, channels)) {
            for (int i = 0; i < parts.size(); i++) {
                int perSecond = rate;
                int wanted = channels;
                if (read(first.file(), parts.get(i), wav, track -> append(track, perSecond, wanted, out))
                        .isPresent()) {
                    written++;
                    if (Files.size(wav.path()) > most + SLACK_BYTES) {
                        String name = SafeInput.nameOf(first.file());
                        throw new MediaException(
                                Kind.TOO_LONG, "The recordings in " + name + " are too long in total.");
                    }
                } else {
                    warnings.add("Recording %d of %d in %s cannot be read and was skipped."
                            .formatted(i + 1, parts.size(), SafeInput.nameOf(first.file())));
                }
            }
        }
        if (written == 0) {
            throw new MediaException(
                    Kind.DAMAGED, SafeInput.nameOf(first.file()) + " is damaged: it cannot be decoded.");
        }
        return as(first, wav.path(), rate, channels);
    }

    private interface Use {
        void of(SoundTrack track) throws IOException;
    }

    /** Extracts one recording to a file while it is used; empty if it has no sound. */
    private Optional<SoundTrack> read(Path file, JoinedFile.Part part, PendingFile wav, Use use) throws IOException {
        try (PendingFile copy =
                new PendingFile(wav.target().resolveSibling(wav.target().getFileName() + "-recording"))) {
            copy(file, part, copy.path());
            SoundTrack track = track(copy.path());
            use.of(track);
            return Optional.of(track);
        } catch (MediaException e) {
            if (e.kind() != Kind.DAMAGED && e.kind() != Kind.NOT_MEDIA && e.kind() != Kind.NO_AUDIO) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Writes a track in which rate or channels change. */
    SoundTrack ofTrack(SoundTrack track, PendingFile wav) throws IOException {
        try (OutputStream out = begin(wav.path(), track.sampleRate(), 2)) {
            byte[] silence = new byte[2 * Float.BYTES];
            double most = ffmpeg.limits().duration().toMillis() / 1000.0;
            double late = track.startsInTime() ? Math.min(track.lateSeconds(), most) : 0;
            for (long i = Math.round(late * track.sampleRate()); i > 0; i--) {
                out.write(silence);
            }
            append(track, track.sampleRate(), 2, out);
        }
        return as(track, wav.path(), track.sampleRate(), 2);
    }

    private static SoundTrack as(SoundTrack track, Path wav, int rate, int channels) {
        String layout = channels == 1 ? "mono" : "stereo";
        return new SoundTrack(wav, "wav", 0, track.number(), rate, channels, layout, 0);
    }

    private SoundTrack track(Path part) {
        MediaInfo info = new MediaProbe(ffmpeg).probe(part);
        int index = info.requireAudio(SafeInput.nameOf(part)).index();
        return SoundTrack.of(ffmpeg, part, info, abort).stream()
                .filter(track -> track.index() == index)
                .findFirst()
                .orElseThrow(() -> MediaInfo.noAudio(SafeInput.nameOf(part)));
    }

    /** No first timestamp is set: when the parameters change, FFmpeg restarts the filters and would start at 0 again. */
    private void append(SoundTrack track, int rate, int channels, OutputStream out) throws IOException {
        String twice = track.channels() == 1 && channels == 2 ? "pan=stereo|c0=c0|c1=c0," : "";
        String graph = "aresample=async=1,%saresample=%d,aformat=sample_fmts=flt:channel_layouts=%s"
                .formatted(twice, rate, channels == 1 ? "mono" : "stereo");
        String seconds = Long.toString(ffmpeg.limits().duration().toSeconds());
        List<String> output = new ArrayList<>(List.of("-map", "0:" + track.index(), "-af", graph, "-t", seconds));
        output.addAll(List.of("-f", "f32le", "pipe:1"));
        try (Child child = abort.guard(ffmpeg.read(track.file(), track.container(), SoundGraph.INPUT, output))) {
            byte[] block = new byte[BLOCK_BYTES];
            boolean isEmpty = true;
            for (int n = child.read(block); n > 0; n = child.read(block)) {
                out.write(block, 0, n);
                isEmpty = false;
                moved.run();
            }
            Exit exit = child.waitForExit();
            if (exit.isViolent() || isEmpty) {
                throw exit.failure(SafeInput.nameOf(track.file()), Kind.DAMAGED);
            }
        }
    }

    private static OutputStream begin(Path wav, int rate, int channels) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        int frameBytes = channels * Float.BYTES;
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(TO_THE_END);
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        header.putShort((short) FLOAT).putShort((short) channels);
        header.putInt(rate).putInt(rate * frameBytes);
        header.putShort((short) frameBytes).putShort((short) Float.SIZE);
        header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(TO_THE_END);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(wav), BLOCK_BYTES);
        out.write(header.array());
        return out;
    }

    private void copy(Path file, JoinedFile.Part part, Path target) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(
                        target,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            for (JoinedFile.Piece piece : part.pieces()) {
                long end = piece.start() + piece.length();
                long copied = 1;
                for (long at = piece.start(); at < end && copied > 0; at += copied) {
                    copied = in.transferTo(at, Math.min(COPIED_BYTES, end - at), out);
                    moved.run();
                }
            }
        }
    }
}
