package io.lipdrop.media.ffmpeg;

import static io.lipdrop.media.Fixtures.FFMPEG;
import static io.lipdrop.media.Fixtures.PROBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.media.Fixtures;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.media.sound.VoiceDecoder;
import io.lipdrop.media.video.VideoReader;
import io.lipdrop.media.write.FinalMux;
import io.lipdrop.media.write.SegmentWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What happens when a program hangs, dies or cannot write. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "uses signals and /dev/full")
@Timeout(60)
class FailureTest {
    @TempDir
    Path folder;

    @Test
    @SuppressWarnings("try") // closing from outside is what is tested
    void endsAReaderThatIsStuck() throws Exception {
        Path file = film(60);
        MediaInfo info = PROBE.probe(file);
        Frame frame = info.video().orElseThrow().newFrame();
        try (VideoReader reader = VideoReader.open(FFMPEG, file, info, 0)) {
            signal("STOP", reader.pid());
            CompletableFuture<MediaException> failure = CompletableFuture.supplyAsync(
                    () -> catchThrowableOfType(MediaException.class, () -> drain(reader, frame)));
            reader.close();
            assertThat(failure.get(10, TimeUnit.SECONDS).kind()).isEqualTo(Kind.STALLED);
            assertThat(ProcessHandle.of(reader.pid()).filter(ProcessHandle::isAlive))
                    .isEmpty();
        }
    }

    @Test
    @SuppressWarnings("try") // closing from outside is what is tested
    void endsAWriterThatIsStuckAndLeavesNothing() throws Exception {
        VideoStream video = PROBE.probe(film(1)).video().orElseThrow();
        try (SegmentWriter writer =
                SegmentWriter.open(FFMPEG, folder.resolve("s.nut"), video, EncoderSettings.defaults())) {
            signal("STOP", writer.pid());
            CompletableFuture<MediaException> failure =
                    CompletableFuture.supplyAsync(() -> catchThrowableOfType(MediaException.class, () -> {
                        for (int i = 0; i < 1000; i++) {
                            writer.write(video.newFrame());
                        }
                    }));
            writer.close();
            assertThat(failure.get(10, TimeUnit.SECONDS).kind()).isEqualTo(Kind.STALLED);
        }
        assertThat(names()).containsExactly("film.mp4");
    }

    @Test
    void endsAVoiceDecoderThatIsStuckAndLeavesNothing() throws Exception {
        Path file = Fixtures.make(folder.resolve("v.flac"), "-f lavfi -i sine=r=96000:d=300 -f flac");
        MediaInfo info = PROBE.probe(file);
        for (int block = 1; block <= 20; block++) { // The end comes at any moment of reading and writing.
            CountDownLatch moves = new CountDownLatch(block);
            VoiceDecoder decoder = new VoiceDecoder(FFMPEG, moves::countDown);
            CompletableFuture<MediaException> failure = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                    MediaException.class, () -> decoder.decode(file, info, folder.resolve("v"), folder.resolve("d"))));
            moves.await();
            decoder.abort();
            assertThat(failure.get(10, TimeUnit.SECONDS).kind()).isEqualTo(Kind.STALLED);
            assertThat(names()).containsExactly("v.flac");
        }
    }

    @Test
    void endsAMuxerThatIsStuckAndLeavesNothing() throws IOException {
        Path file = film(1);
        MediaInfo info = PROBE.probe(file);
        VideoStream video = info.video().orElseThrow();
        Path segment = folder.resolve("s.nut");
        try (SegmentWriter writer = SegmentWriter.open(FFMPEG, segment, video, EncoderSettings.defaults())) {
            writer.write(video.newFrame());
            writer.finish();
        }
        AtomicInteger moves = new AtomicInteger();
        new VoiceDecoder(FFMPEG, moves::incrementAndGet)
                .decode(file, info, folder.resolve("v.raw"), folder.resolve("v.m4a"));
        assertThat(moves).hasPositiveValue();

        FinalMux mux = new FinalMux(FFMPEG, () -> {});
        mux.abort();

        assertThat(kindOf(() -> mux.join(
                        List.of(new FinalMux.Segment(segment, 1)),
                        folder.resolve("v.m4a"),
                        folder.resolve("out.mp4"),
                        video.rate(),
                        false,
                        java.util.Map.of())))
                .isEqualTo(Kind.STALLED);
        assertThat(names()).containsExactlyInAnyOrder("film.mp4", "s.nut", "v.raw", "v.m4a");
    }

    @Test
    void tellsACrashFromDamage() throws Exception {
        Path file = film(60);
        for (String signal : List.of("SEGV", "ABRT", "ILL", "FPE", "BUS", "XFSZ")) {
            MediaException failure = endedBy(signal, FFMPEG, file);
            assertThat(failure.kind()).as(signal).isEqualTo(Kind.DECODER_CRASHED);
            assertThat(failure).hasMessageContaining("film.mp4");
            assertThat(Diagnosis.ofVideo(failure, file, "clip.mp4")).isInstanceOf(Failure.class);
        }
    }

    @Test
    void takesWhatKillsAHelperForTheMachine() throws Exception {
        Path file = film(60);
        for (String signal : List.of("KILL", "TERM", "INT")) {
            MediaException failure = endedBy(signal, Ffmpeg.load(), file);
            assertThat(failure.kind()).as(signal).isEqualTo(Kind.INTERRUPTED);
            assertThat(Diagnosis.ofVideo(failure, file, "clip.mp4"))
                    .isInstanceOf(MachineUnfit.class)
                    .hasMessageContainingAll("film.mp4", "stopped from outside");
        }
    }

    @Test
    void takesWhatKillsTheHelpersOfOneFileOnlyForTheFile() throws Exception {
        Path file = film(60);
        Ffmpeg ffmpeg = Ffmpeg.load(); // which counts for itself
        assertThat(endedBy("KILL", ffmpeg, file).kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(endedBy("KILL", ffmpeg, file).kind()).isEqualTo(Kind.INTERRUPTED);
        MediaException third = endedBy("KILL", ffmpeg, file); // helpers work otherwise: a trial shows it
        assertThat(Diagnosis.ofVideo(third, file, "clip.mp4"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(FailureCode.OUT_OF_MEMORY))
                .hasMessageContainingAll("film.mp4", "3 times");
        assertThat(endedBy("TERM", ffmpeg, file).kind()).isEqualTo(Kind.DECODER_CRASHED);

        drain(ffmpeg, file); // it works, and all is forgotten
        assertThat(endedBy("KILL", ffmpeg, file).kind()).isEqualTo(Kind.INTERRUPTED);
    }

    @Test
    void takesAHelperThatCannotStartForTheMachine() throws Exception {
        Path file = film(1);
        ProcessBuilder missing = new ProcessBuilder(folder.resolve("ffmpeg").toString());
        OutsideEnds ends = new OutsideEnds(() -> true);
        MediaException failure = catchThrowableOfType(MediaException.class, () -> Child.start(missing, ends, file));
        assertThat(Diagnosis.ofVideo(failure, file, "clip.mp4"))
                .isInstanceOf(MachineUnfit.class)
                .hasMessageContaining("could not be started");
    }

    @Test
    void takesAMachineWithoutThreadsForTheMachine() throws Exception {
        Path file = film(1);
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "prlimit is not there");
        // No room for the stacks of threads is what pthread_create fails with where a machine allows no more of them,
        // too.
        ProcessBuilder command = Programs.unpack()
                .command("ffmpeg", List.of("-v", "error", "-threads", "16", "-i", file.toString(), "-f", "null", "-"));
        command.command().addAll(0, List.of("/usr/bin/prlimit", "--as=150000000"));
        try (Child child = Child.start(command, new OutsideEnds(() -> true), file)) {
            MediaException failure = child.waitForExit().failure("film.mp4", Kind.DAMAGED);
            assertThat(failure.kind()).as("%s", failure.getCause()).isEqualTo(Kind.NOT_STARTED);
            assertThat(Diagnosis.ofVideo(failure, file, "clip.mp4")).isInstanceOf(MachineUnfit.class);
        }
    }

    private static MediaException endedBy(String signal, Ffmpeg ffmpeg, Path file) throws Exception {
        MediaInfo info = PROBE.probe(file);
        Frame frame = info.video().orElseThrow().newFrame();
        try (VideoReader reader = VideoReader.open(ffmpeg, file, info, 0)) {
            reader.next(frame);
            signal(signal, reader.pid());
            return catchThrowableOfType(MediaException.class, () -> drain(reader, frame));
        }
    }

    private static void drain(Ffmpeg ffmpeg, Path file) {
        MediaInfo info = PROBE.probe(file);
        try (VideoReader reader = VideoReader.open(ffmpeg, file, info, 0)) {
            drain(reader, info.video().orElseThrow().newFrame());
        }
    }

    @Test
    void saysWhenTheDiskIsFull() throws IOException {
        Path file = film(1);
        MediaInfo info = PROBE.probe(file);
        VideoStream video = info.video().orElseThrow();
        Path segment = folder.resolve("good.nut");
        try (SegmentWriter good = SegmentWriter.open(FFMPEG, segment, video, EncoderSettings.defaults())) {
            good.write(video.newFrame());
            good.finish();
        }
        new VoiceDecoder(FFMPEG, () -> {}).decode(file, info, folder.resolve("v.raw"), folder.resolve("v.m4a"));

        for (String name : List.of(".full.nut.part", ".full.mp4.part", ".full.raw.part")) {
            Files.createSymbolicLink(folder.resolve(name), Path.of("/dev/full"));
        }
        assertThat(kindOf(() -> {
                    try (SegmentWriter writer =
                            SegmentWriter.open(FFMPEG, folder.resolve("full.nut"), video, EncoderSettings.defaults())) {
                        for (int i = 0; i < 200; i++) {
                            writer.write(video.newFrame());
                        }
                        writer.finish();
                    }
                }))
                .isEqualTo(Kind.DISK_FULL);
        assertThat(kindOf(() -> new FinalMux(FFMPEG, () -> {})
                        .join(
                                List.of(new FinalMux.Segment(segment, 1)),
                                folder.resolve("v.m4a"),
                                folder.resolve("full.mp4"),
                                video.rate(),
                                false,
                                java.util.Map.of())))
                .isEqualTo(Kind.DISK_FULL);
        assertThat(kindOf(() -> new VoiceDecoder(FFMPEG, () -> {})
                        .decode(file, info, folder.resolve("full.raw"), folder.resolve("other.m4a"))))
                .isEqualTo(Kind.DISK_FULL);
        assertThat(names()).containsExactlyInAnyOrder("film.mp4", "good.nut", "v.raw", "v.m4a");
    }

    @Test
    void saysWhenAFolderIsNotThere() {
        Path file = film(1);
        VideoStream video = PROBE.probe(file).video().orElseThrow();
        assertThat(kindOf(() ->
                        SegmentWriter.open(FFMPEG, folder.resolve("gone/s.nut"), video, EncoderSettings.defaults())))
                .isEqualTo(Kind.UNREADABLE);
    }

    @Test
    void saysWhenAnEncoderDoesNotOpen() {
        VideoStream video = PROBE.probe(film(1)).video().orElseThrow();
        EncoderSettings none = new EncoderSettings("h264_of_tomorrow", 18, "veryfast", 1);
        assertThat(kindOf(() -> {
                    try (SegmentWriter writer = SegmentWriter.open(FFMPEG, folder.resolve("s.nut"), video, none)) {
                        writer.write(video.newFrame());
                        writer.finish();
                    }
                }))
                .isEqualTo(Kind.ENCODER_FAILED);
    }

    @Test
    void leavesNoProgramBehindWhenJavaIsKilled() throws Exception {
        Path file = film(60);
        Path voice = Fixtures.make(folder.resolve("v.flac"), "-f lavfi -i sine=r=48000:d=900 -f flac");
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Doomed.class.getName(),
                        file.toString(),
                        voice.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = java.inputReader(StandardCharsets.US_ASCII)) {
            assertThat(out.readLine()).isEqualTo("ready");
            List<ProcessHandle> children = java.descendants().toList();
            assertThat(children).hasSize(3);
            java.destroyForcibly().waitFor();
            await().atMost(10, TimeUnit.SECONDS).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    /** A Java program with one program of each kind at work, to be killed. */
    static final class Doomed {
        public static void main(String[] args) throws Exception {
            Path file = Path.of(args[0]);
            MediaInfo info = PROBE.probe(file);
            VideoStream video = info.video().orElseThrow();
            Path segment = file.resolveSibling("doomed.nut");
            VideoReader reader = VideoReader.open(FFMPEG, file, info, 0);
            SegmentWriter writer =
                    SegmentWriter.open(FFMPEG, segment, video, new EncoderSettings("libx264", 18, "slow", 1));
            writer.write(video.newFrame());
            reader.next(video.newFrame());
            Path voice = Path.of(args[1]);
            MediaInfo sound = PROBE.probe(voice);
            Thread decoding = new Thread(() -> new VoiceDecoder(FFMPEG, () -> {})
                    .decode(voice, sound, file.resolveSibling("d.raw"), file.resolveSibling("d.m4a")));
            decoding.start();
            await().until(() -> Files.exists(file.resolveSibling(".d.m4a.part")));
            System.out.println("ready");
            decoding.join();
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII)).readLine();
        }
    }

    private Path film(int seconds) {
        return Fixtures.make(
                folder.resolve("film.mp4"),
                Fixtures.picture("320x240", "25", seconds) + " " + Fixtures.beeps(8000, "mono", 1)
                        + " -c:v mpeg4 -q:v 20 -c:a aac");
    }

    private static void drain(VideoReader reader, Frame frame) {
        while (reader.next(frame) != null) {
            // On to the end.
        }
    }

    private static Kind kindOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(MediaException.class, call).kind();
    }

    private static void signal(String name, long pid) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
