package io.lipdrop.media.video;

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
import io.lipdrop.media.probe.StreamClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Gives videos continuous timestamps. If timestamps jump, a remuxed copy with continuous timestamps is used instead; its
 * packets are unchanged, so that each frame decodes to the same image.
 */
public final class TimestampRepair {
    private static final int BLOCK_BYTES = 1 << 16;

    private final Ffmpeg ffmpeg;
    private final MediaProbe probe;
    private final Runnable moved;
    private final Abort abort = new Abort();

    /** One that reports progress. */
    public TimestampRepair(Ffmpeg ffmpeg, MediaProbe probe, Runnable moved) {
        this.ffmpeg = ffmpeg;
        this.probe = probe;
        this.moved = moved;
    }

    /**
     * The video itself, or the copy of its video stream at {@code copy}: an existing one, which is complete, or a new one.
     *
     * @throws MediaException DAMAGED, TOO_LONG, DISK_FULL, STALLED, DECODER_CRASHED, UNREADABLE
     */
    public VideoFile of(Path file, MediaInfo info, Path copy) {
        try {
            if (!Files.exists(copy)) {
                if (!StreamClock.mayJump(info) || !jumps(file, info)) {
                    return new VideoFile(file, info);
                }
                copy(file, info, copy);
            }
        } catch (IOException e) {
            throw new MediaException(
                    Kind.DISK_FULL, SafeInput.nameOf(copy) + " could not be written: " + e.getMessage(), e);
        }
        return new VideoFile(copy, info.in(probe.probe(copy)));
    }

    /** Ends a call of {@link #of} that runs in another thread; it fails with STALLED. */
    public void abort() {
        abort.abort();
    }

    private boolean jumps(Path file, MediaInfo info) {
        try (Child child = abort.guard(ffmpeg.probe(file, StreamClock.question(info)))) {
            StreamClock clock = StreamClock.read(child.output(), info, moved);
            Exit exit = child.waitForExit();
            if (exit.isViolent()) {
                throw exit.failure(SafeInput.nameOf(file), Kind.DAMAGED);
            }
            return clock.jumps();
        } catch (IOException e) {
            throw new MediaException(Kind.STALLED, "Reading " + SafeInput.nameOf(file) + " was stopped.", e);
        }
    }

    private void copy(Path file, MediaInfo info, Path copy) throws IOException {
        String name = SafeInput.nameOf(file);
        int index = info.requireVideo(name).index();
        // Packets before the first key frame are kept: the first frame's timestamp may be there.
        List<String> output = List.of("-map", "0:" + index, "-c", "copy", "-copyinkf", "-f", "mpegts", "pipe:1");
        Files.createDirectories(copy.toAbsolutePath().getParent());
        try (PendingFile pending = new PendingFile(copy);
                Child child = abort.guard(ffmpeg.read(file, info.container(), List.of(), output))) {
            Exit exit = save(child, pending.path());
            if (exit.isViolent()) {
                throw exit.failure(name, Kind.DAMAGED);
            }
            if (!exit.isSuccess()) {
                throw new MediaException(
                        Kind.DAMAGED, "The timestamps of " + name + " jump and could not be repaired.");
            }
            pending.commit();
        }
    }

    private Exit save(Child child, Path target) throws IOException {
        try (OutputStream out = Files.newOutputStream(target)) {
            byte[] block = new byte[BLOCK_BYTES];
            for (int n = child.read(block); n > 0; n = child.read(block)) {
                out.write(block, 0, n);
                moved.run();
            }
        }
        return child.waitForExit();
    }
}
