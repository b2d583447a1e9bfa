package io.lipdrop.media.write;

import io.lipdrop.files.PendingFile;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.ffmpeg.Abort;
import io.lipdrop.media.ffmpeg.Child;
import io.lipdrop.media.ffmpeg.Exit;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.ffmpeg.SafeInput;
import io.lipdrop.media.frame.Rational;
import io.lipdrop.media.sound.VoiceDecoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Muxes segments and sound into the delivered file, without encoding again. */
public final class FinalMux {
    /** The time scale of the picture is a multiple of the rate's numerator, so that every stamp is exact. */
    private static final int MIN_TIME_SCALE = 10_000;

    private final Ffmpeg ffmpeg;
    private final Runnable moved;
    private final Abort abort = new Abort();

    /** A muxer that reports progress every second if the file has grown. */
    public FinalMux(Ffmpeg ffmpeg, Runnable moved) {
        this.ffmpeg = ffmpeg;
        this.moved = moved;
    }

    /**
     * One segment of the video.
     *
     * @param file as {@link SegmentWriter} wrote it; all segments are in one folder and have plain names
     * @param frames how many frames were written
     */
    public record Segment(Path file, long frames) {}

    /**
     * Writes an MP4 with its index in front, every frame exactly {@code 1/rate} seconds after the one before, under a
     * temporary name until it is complete and on disk.
     *
     * @param sound the .m4a from {@link VoiceDecoder}
     * @param isSoundCut whether the sound ends with the picture, if it is the longer one
     * @param metadata any keys, each kept under its own name: key in moov/udta/meta/keys, value in …/ilst
     */
    public void join(
            List<Segment> segments,
            Path sound,
            Path target,
            Rational rate,
            boolean isSoundCut,
            Map<String, String> metadata) {
        SafeInput.checkWritable(target);
        Path folder = folderOf(segments);
        List<String> arguments = new ArrayList<>(List.of("-protocol_whitelist", "file,pipe,fd", "-f", "concat"));
        arguments.addAll(List.of("-safe", "0", "-i", "pipe:0"));
        arguments.addAll(List.of("-protocol_whitelist", "file", "-f", "mov", "-i", Ffmpeg.url(sound)));
        arguments.addAll(List.of("-map", "0:v:0", "-map", "1:a:0", "-c", "copy", "-map_metadata", "-1"));
        arguments.addAll(List.of("-video_track_timescale", Integer.toString(timeScale(rate))));
        if (isSoundCut) {
            long frames = segments.stream().mapToLong(Segment::frames).sum();
            arguments.addAll(List.of("-t", String.format(Locale.ROOT, "%.6f", rate.secondsOf(frames))));
        }
        metadata.forEach((key, value) -> arguments.addAll(List.of("-metadata", key + "=" + value)));
        try (PendingFile pending = new PendingFile(target)) {
            arguments.addAll(
                    List.of("-movflags", "+faststart+use_metadata_tags", "-f", "mp4", Ffmpeg.url(pending.path())));
            try (Child child = abort.guard(ffmpeg.writeIn(folder, target, arguments))) {
                tell(child, list(segments, rate));
                Exit exit = child.waitForExit(new Growth(pending.path()));
                if (!exit.isSuccess()) {
                    throw exit.failureToWrite(target);
                }
            }
            pending.commit();
        } catch (IOException e) {
            throw new MediaException(
                    Kind.DISK_FULL, SafeInput.nameOf(target) + " could not be written: " + e.getMessage(), e);
        }
    }

    /** Ends a {@link #join} that runs in another thread; it fails with STALLED. */
    public void abort() {
        abort.abort();
    }

    /** Reports whether a file has changed since the last check. */
    private final class Growth implements Runnable {
        private final Path file;
        private FileTime last = FileTime.fromMillis(0);

        Growth(Path file) {
            this.file = file;
        }

        @Override
        public void run() {
            try {
                FileTime now = Files.getLastModifiedTime(file);
                if (!now.equals(last)) {
                    last = now;
                    moved.run();
                }
            } catch (IOException e) {
                // Does not exist yet, or cannot be read: no progress.
            }
        }
    }

    private static void tell(Child child, String list) {
        try (OutputStream in = child.input()) {
            in.write(list.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // It ended before it had read the list: see the exit status.
        }
    }

    /** The concat script. The ends of the segments are rounded to microseconds one by one, so that no error adds up. */
    private static String list(List<Segment> segments, Rational rate) {
        StringBuilder list = new StringBuilder("ffconcat version 1.0\n");
        long frames = 0;
        for (Segment segment : segments) {
            long micros = micros(rate, frames + segment.frames()) - micros(rate, frames);
            frames += segment.frames();
            list.append("file file:").append(plainName(segment)).append('\n');
            list.append(String.format(Locale.ROOT, "duration %d.%06d%n", micros / 1_000_000, micros % 1_000_000));
        }
        return list.toString();
    }

    private static long micros(Rational rate, long frames) {
        return Math.round(rate.secondsOf(frames) * 1e6);
    }

    private static String plainName(Segment segment) {
        String name = String.valueOf(segment.file().getFileName());
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException("Not a plain name for a segment: " + name);
        }
        return name;
    }

    private static Path folderOf(List<Segment> segments) {
        List<Path> folders = segments.stream()
                .map(segment -> segment.file().toAbsolutePath().normalize().getParent())
                .distinct()
                .toList();
        if (folders.size() != 1) {
            throw new IllegalArgumentException("The segments are not in one folder: " + folders);
        }
        return folders.get(0);
    }

    private static int timeScale(Rational rate) {
        int scale = rate.num();
        while (scale < MIN_TIME_SCALE) {
            scale *= 2;
        }
        return scale;
    }
}
