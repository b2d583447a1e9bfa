package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import io.lipdrop.media.ffmpeg.EncoderSettings;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.media.video.VideoReader;
import io.lipdrop.media.write.SegmentWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Pointer;

/**
 * Frames from memory to segments: through a pipe into a child process, as the product does, and in this process, through
 * JavaCV's recorder and through the libraries below it. Run in turn, so that a busy machine is as hard on one as on another.
 */
final class EncodeSection implements Section {
    /** As long as the product's segments. */
    private static final int SECONDS = 10;

    private static final int SEGMENTS = 2;
    private static final int RUNS = 3;

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        int seconds = workshop.settings().isQuick() ? 2 : SECONDS;
        measure(workshop, table, "without motion or grain, 720p25", workshop.steadyClip(seconds));
        measure(workshop, table, "motion and grain, 720p25", workshop.talkingClip(seconds));
        measure(workshop, table, "motion and grain, 1080p25", workshop.talkingClip(seconds, 1080));
    }

    private static void measure(Workshop workshop, Table table, String clip, Path file) throws IOException {
        MediaInfo info = new MediaProbe(workshop.ffmpeg()).probe(file);
        List<Frame> frames = frames(workshop, file, info);
        List<Way> ways = ways(workshop, info.video().orElseThrow());
        for (Way way : ways) {
            way.encode(frames, 1); // loads libraries, and lets Java compile
        }
        List<Long> memory = new ArrayList<>();
        for (Way way : ways) {
            memory.add(way.memory(frames));
        }
        for (int i = 0; i < (workshop.settings().isQuick() ? 1 : RUNS); i++) {
            for (Way way : ways) {
                way.works().add(Work.of(() -> way.encode(frames, SEGMENTS)));
                Workshop.say(
                        "%s, %s: %s".formatted(clip, way.name(), way.works().get(i)));
            }
        }
        double hundreds = frames.size() * SEGMENTS / 100.0;
        String names = ways.stream().map(Way::name).collect(Collectors.joining(" / "));
        List<String> sizes = new ArrayList<>();
        List<String> equal = new ArrayList<>();
        for (Way way : ways) {
            sizes.add(number("%d", Files.size(way.segment())));
            equal.add(equalFrames(workshop, ways.get(0).segment(), way.segment()) + " of " + frames.size());
        }
        table.row(
                clip + ", " + names + ": CPU per 100 frames",
                ways.stream()
                        .map(way -> number("%.2f s", Work.median(way.works(), Work::cpu) / hundreds))
                        .collect(Collectors.joining(" / ")));
        table.row(
                "its wall time per 100 frames",
                ways.stream()
                        .map(way -> number("%.2f s", Work.median(way.works(), Work::wall) / hundreds))
                        .collect(Collectors.joining(" / ")));
        table.row(
                "its memory",
                memory.stream().map(bytes -> number("%.0f MB", bytes / 1e6)).collect(Collectors.joining(" / ")));
        table.row("its bytes per segment", String.join(" / ", sizes));
        table.row("its frames that are as the child process encodes them", String.join(" / ", equal));
    }

    private static List<Way> ways(Workshop workshop, VideoStream video) {
        EncoderSettings usual = EncoderSettings.defaults();
        EncoderSettings settings =
                new EncoderSettings(workshop.program().encoder(), usual.crf(), usual.preset(), usual.threads());
        int width = video.frameWidth();
        int height = video.frameHeight();
        return List.of(
                Way.of(
                        workshop,
                        "child process",
                        target -> new ChildEncoder(SegmentWriter.open(workshop.ffmpeg(), target, video, settings))),
                Way.of(
                        workshop,
                        "FFmpegFrameRecorder",
                        target -> new RecorderEncoder(target, width, height, video.rate(), settings)),
                Way.of(
                        workshop,
                        "libavcodec",
                        target -> LibavEncoder.open(target, width, height, video.rate(), settings)));
    }

    private static List<Frame> frames(Workshop workshop, Path file, MediaInfo info) {
        List<Frame> frames = new ArrayList<>();
        try (VideoReader reader = VideoReader.open(workshop.ffmpeg(), file, info, 0)) {
            Frame frame = info.video().orElseThrow().newFrame();
            while (reader.next(frame) != null) {
                frames.add(frame);
                frame = info.video().orElseThrow().newFrame();
            }
        }
        return frames;
    }

    /** How many frames of two segments decode to the same bytes. */
    private static long equalFrames(Workshop workshop, Path first, Path second) throws IOException {
        List<String> a = hashes(workshop, first);
        List<String> b = hashes(workshop, second);
        long equal = 0;
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            if (a.get(i).equals(b.get(i))) {
                equal++;
            }
        }
        return equal;
    }

    private static List<String> hashes(Workshop workshop, Path segment) throws IOException {
        Path list = workshop.file("hashes.txt");
        workshop.program().run("-i " + segment + " -map 0:v -f framemd5", list);
        return Files.readAllLines(list).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
                .toList();
    }

    private interface Opener {
        FrameEncoder open(Path target) throws IOException;
    }

    /**
     * One way to encode, and what it took.
     *
     * @param segment what it wrote last
     */
    private record Way(String name, Opener opener, Path segment, List<Work> works) {
        static Way of(Workshop workshop, String name, Opener opener) {
            return new Way(name, opener, workshop.file("by-" + name.replace(' ', '-') + ".nut"), new ArrayList<>());
        }

        void encode(List<Frame> frames, int segments) throws IOException {
            for (int i = 0; i < segments; i++) {
                try (FrameEncoder encoder = opener.open(segment)) {
                    for (Frame frame : frames) {
                        encoder.write(frame);
                    }
                    encoder.finish();
                }
            }
        }

        /** The most bytes beyond those before it began, with those of the child process if there is one. */
        long memory(List<Frame> frames) throws IOException {
            System.gc();
            Pointer.trimMemory();
            long self = ProcessHandle.current().pid();
            long before = Processes.residentBytes(self);
            try (PeakMemory memory = new PeakMemory(self)) {
                encode(frames, 1);
                return memory.bytes() - before;
            }
        }
    }
}
