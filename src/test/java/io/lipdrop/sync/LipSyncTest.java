package io.lipdrop.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lipdrop.benchmark.Signal;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Rendered;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Job;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.job.MouthOptions;
import io.lipdrop.job.Options;
import io.lipdrop.job.Outcome.MouthCheck;
import io.lipdrop.job.Phase;
import io.lipdrop.job.Progress;
import io.lipdrop.media.Fixtures;
import io.lipdrop.media.ffmpeg.Child;
import io.lipdrop.media.ffmpeg.EncoderSettings;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.frame.Rational;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.media.sound.VoiceDecoder;
import io.lipdrop.media.video.VideoReader;
import io.lipdrop.media.write.FinalMux;
import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxModel;
import io.lipdrop.speed.PastJobs;
import io.lipdrop.stage.NoOutcomes;
import io.lipdrop.sync.check.ResultCheck;
import io.lipdrop.sync.control.Controls;
import io.lipdrop.sync.control.RunningJobs;
import io.lipdrop.sync.engine.DeviceSettings;
import io.lipdrop.sync.engine.DeviceSlots;
import io.lipdrop.sync.engine.EngineSettings;
import io.lipdrop.sync.engine.Engines;
import io.lipdrop.sync.engine.FirstLooks;
import io.lipdrop.sync.engine.OnnxSettings;
import io.lipdrop.sync.face.FaceChoice;
import io.lipdrop.sync.face.FaceTracker;
import io.lipdrop.sync.face.Models;
import io.lipdrop.sync.model.ModelFolder;
import io.lipdrop.sync.model.ShippedModels;
import io.lipdrop.sync.render.Checkpoint;
import io.lipdrop.sync.voice.MouthTrack;
import io.lipdrop.sync.voice.VoiceToMouth;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of lip-sync on the sample portrait, with a voice of 2.4 s in segments of 0.8 s. */
class LipSyncTest {
    private static final Ffmpeg FFMPEG = Ffmpeg.load();
    private static final MediaProbe PROBE = new MediaProbe(FFMPEG);
    private static final int SIDE = 360;

    private static final int FRAMES = 60;
    private static final int SEGMENT = 20;

    @TempDir
    static Path shared;

    private static Path portrait = Path.of("");

    @TempDir
    Path home;

    private final Told told = new Told();
    private Path voice = Path.of("");

    @BeforeAll
    static void paint() {
        portrait = Fixtures.smallPortrait(shared);
    }

    @BeforeEach
    void speak() throws IOException {
        voice = wav(home.resolve("voice.wav"), 2.4);
    }

    @Test
    void makesAVideoAsLongAsTheVoiceThatDiffersAtTheMouthOnly() throws IOException {
        Job job = job(portrait, Options.NONE);
        Rendered rendered = lipSync(folders("a")).render(job);

        List<byte[]> before = frames(portrait);
        List<byte[]> after = frames(rendered.video());
        assertThat(after).hasSize(FRAMES);
        double mouth = 0;
        for (int i = 0; i < FRAMES; i++) {
            // In the sample the face is in the middle; the upper third of the picture is far from the mouth.
            assertThat(psnr(before.get(i), after.get(i), 0, SIDE / 3)).isGreaterThan(40);
            mouth = Math.max(mouth, difference(before.get(i), after.get(i), 5 * SIDE / 12, 2 * SIDE / 3));
        }
        assertThat(mouth).isGreaterThan(0.5);
        Sidecar sidecar = Documents.read(rendered.sidecar(), Sidecar.class);
        assertThat(sidecar.frames()).isEqualTo(FRAMES);
        assertThat(sidecar.framesWithoutFace()).isZero();
        assertThat(sidecar.inputs()).containsOnlyKeys("audio", "video");
        assertThat(sidecar.mouthCheck().verdict())
                .as(sidecar.mouthCheck().toString())
                .isEqualTo(MouthCheck.Verdict.OK);
        assertThat(sidecar.mouthCheck().r()).isGreaterThan(0.8);
        assertThat(sidecar.mouthCheck().lagMs()).isBetween(-60, 60);
        assertThat(told.phases)
                .containsExactly(
                        Phase.LOADING_MODEL,
                        Phase.READING_AUDIO,
                        Phase.TRACKING_FACE,
                        Phase.RENDERING,
                        Phase.DELIVERING);
        assertThat(told.frames).endsWith((long) FRAMES).isSorted();
    }

    @Test
    void movesTheMouthOfAFaceThatStandsOnItsHead() {
        Path film = Fixtures.make(
                home.resolve("upside.mp4"), "-i " + portrait + " -vf hflip,vflip -c:v libx264 -preset ultrafast -qp 6");

        Rendered rendered = lipSync(folders("a")).render(job(film, Options.NONE));

        List<byte[]> before = frames(film);
        List<byte[]> after = frames(rendered.video());
        assertThat(after).hasSize(FRAMES);
        double mouth = 0;
        for (int i = 0; i < FRAMES; i++) {
            // The forehead and all below it stay; the mouth is in the middle of the picture, the chin above it.
            assertThat(psnr(before.get(i), after.get(i), 2 * SIDE / 3, SIDE)).isGreaterThan(40);
            mouth = Math.max(mouth, difference(before.get(i), after.get(i), SIDE / 3, 7 * SIDE / 12));
        }
        assertThat(mouth).isGreaterThan(0.5);
    }

    @Test
    void movesTheLipsInTheVeryFrameInWhichTheVoiceAsksForIt() throws IOException {
        voice = Fixtures.make(home.resolve("spoken.wav"), "-i samples/hello/hello.ogg -t 2.4");
        double[] seen = openings(
                lipSync(folders("a")).render(job(portrait, Options.NONE)).video());
        double[] asked = openingsAsked();

        Signal.Match match = Signal.match(asked, seen);
        assertThat(match.lag()).isZero();
        assertThat(match.r0()).isGreaterThan(0.8);
    }

    @Test
    void goesOnBehindItsLastSegmentWithTheSamePicture() throws IOException {
        crf = 0; // lossless: the encoder adds no difference of its own
        Job job = job(portrait, Options.NONE);
        List<byte[]> straight = frames(lipSync(folders("a")).render(job).video());

        Folders folders = folders("b");
        interruptInItsSecondSegment(folders, job);
        List<byte[]> resumed = frames(lipSync(folders).render(job).video());

        assertThat(told.frames).startsWith((long) SEGMENT + 1);
        assertThat(resumed).hasSize(FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            // The same frames, seen again; what the painter has learnt of the person may differ by a hair.
            assertThat(difference(straight.get(i), resumed.get(i), 0, SIDE / 3)).isLessThan(0.01);
            assertThat(difference(straight.get(i), resumed.get(i), 0, SIDE)).isLessThan(0.05);
        }
    }

    /** What was learned of the first person is not shown on the one after the cut. */
    @Test
    void goesOnWithThePersonOfALaterShot() throws IOException {
        crf = 0;
        Path two = home.resolve("two.mp4");
        Fixtures.make(
                two,
                ("-i %s -vf lutyuv=y=16+0.55*(val-16):enable='gte(n,4)',drawbox=140:124:64:30:black@0.6:fill:enable='gte(n,4)'"
                                + " -c:v libx264 -crf 10")
                        .formatted(portrait));
        Job job = job(two, Options.NONE);
        List<byte[]> straight = frames(lipSync(folders("a")).render(job).video());

        Folders folders = folders("b");
        interruptInItsSecondSegment(folders, job);
        List<byte[]> resumed = frames(lipSync(folders).render(job).video());

        double most = 0;
        for (int i = SEGMENT; i < FRAMES; i++) {
            most = Math.max(most, difference(straight.get(i), resumed.get(i), 0, SIDE));
        }
        assertThat(most).isLessThan(0.05);
    }

    @Test
    void handsOnWhatIsAlreadyRendered() {
        Job job = job(portrait, Options.NONE);
        Folders folders = folders("a");
        lipSync(folders).render(job);
        told.phases.clear();

        lipSync(folders).render(job);

        assertThat(told.phases).isEmpty();
    }

    @Test
    void failsAsNoFaceWhenThereIsNone() throws IOException {
        Path flat = home.resolve("flat.png");
        ImageIO.write(new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB), "png", flat.toFile());

        assertThatThrownBy(() -> lipSync(folders("a")).render(job(flat, Options.NONE)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(FailureCode.NO_FACE));
    }

    @Test
    void failsAtTheFirstFrameWithoutAFaceWhenTheManifestSaysSo() {
        Path leaves = home.resolve("leaves.mp4");
        Fixtures.make(
                leaves,
                "-i %s -vf drawbox=color=gray:t=fill:enable='gte(n,30)' -frames:v 60 -c:v libx264 -preset ultrafast"
                        .formatted(portrait));
        Options strict = new Options(null, null, null, Options.NoFace.FAIL, null, null, null);

        assertThatThrownBy(() -> lipSync(folders("a")).render(job(leaves, strict)))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(FailureCode.NO_FACE);
                    assertThat(failure.frame()).isBetween(30L, 40L);
                    assertThat(failure.seconds()).isBetween(1.2, 1.6);
                    assertThat(failure).hasMessageContaining("portrait.mp4");
                });
        assertThat(lipSync(folders("b")).render(job(leaves, Options.NONE)).video())
                .isNotEmptyFile();
    }

    @Test
    void failsAsStalledWhenNothingMoves() {
        LipSync sync = lipSync(folders("a"), Duration.ofMillis(1));

        assertThatThrownBy(() -> sync.render(job(portrait, Options.NONE)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(FailureCode.STALLED));
    }

    @Test
    void failsWhenTheVoiceIsNone() throws IOException {
        voice = Files.writeString(home.resolve("voice.wav"), "no sound at all");

        assertThatThrownBy(() -> lipSync(folders("a")).render(job(portrait, Options.NONE)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(FailureCode.AUDIO_UNSUPPORTED));
    }

    @Test
    void cutsTheSoundWhenTheVideoEndsFirstAndTheManifestSaysTrim() {
        Path picture = home.resolve("short.mp4");
        shorten(picture);
        Options trim = new Options(null, Options.Length.TRIM, null, null, null, null, null);

        Rendered rendered = lipSync(folders("a")).render(job(picture, trim));

        assertThat(frames(rendered.video())).hasSize(SEGMENT);
        MediaInfo info = PROBE.probe(rendered.video());
        assertThat(info.duration().toMillis()).isBetween(780L, 850L);
    }

    @Test
    void aPreviewEndsAfterItsSecondsWithItsSound() throws IOException {
        voice = wav(home.resolve("long.wav"), 2.4);
        Options preview = new Options(null, null, null, null, null, null, null, 1);

        Rendered rendered = lipSync(folders("a")).render(job(portrait, preview));

        assertThat(PROBE.probe(rendered.video()).duration().toMillis()).isBetween(960L, 1060L);
        assertThat(Files.readString(rendered.sidecar())).contains("\"preview\" : 1");
    }

    @Test
    void showsThePersonsOwnMouthsAndKeepsThemForTheNextVoice() throws IOException {
        Folders folders = folders("a");
        // Matroska says of no stream how long it is.
        Path film = Fixtures.make(home.resolve("portrait.mkv"), "-i " + portrait + " -c copy");
        Sidecar first = sidecarOf(folders, film, Options.NONE);
        assertThat(first.ownMouths()).isBetween(FRAMES / 2L, (long) FRAMES);
        Path kept;
        try (Stream<Path> files = Files.list(folders.mouths())) {
            kept = files.toList().get(0);
        }
        FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(kept, longAgo);
        byte[] mouths = Files.readAllBytes(kept);

        DurableFiles.deleteTree(folders.staging());
        voice = wav(home.resolve("voice.wav"), 1.6);
        assertThat(sidecarOf(folders, film, Options.NONE).ownMouths()).isPositive();
        assertThat(Files.getLastModifiedTime(kept)).as("used again").isGreaterThan(longAgo);
        assertThat(Files.readAllBytes(kept)).isEqualTo(mouths);
    }

    @Test
    void showsNoMouthsFromElsewhereWhereTheManifestSaysSo() throws IOException {
        Folders folders = folders("a");
        Options drawn = new Options(null, null, null, null, null, null, new MouthOptions(false, null));

        assertThat(sidecarOf(folders, portrait, drawn).ownMouths()).isZero();
        assertThat(folders.mouths()).doesNotExist();
    }

    private Sidecar sidecarOf(Folders folders, Path film, Options options) throws IOException {
        Rendered rendered = lipSync(folders).render(job(film, options));
        return Documents.read(rendered.sidecar(), Sidecar.class);
    }

    @Test
    void tellsOfFilesThatWereCutShort() throws IOException {
        String sine = "-f lavfi -i sine=200:sample_rate=16000 -t 6 ";
        voice = cut(Fixtures.make(home.resolve("whole.flac"), sine + "-c:a flac"), 2);
        Path film =
                cut(Fixtures.make(home.resolve("whole.mp4"), "-i " + portrait + " -c copy -movflags +faststart"), 2);

        Rendered rendered = lipSync(folders("a")).render(job(film, Options.NONE));

        assertThat(Documents.read(rendered.sidecar(), Sidecar.class).warnings())
                .anyMatch(warning -> warning.matches("voice.wav: header says 0:06, file ends at 0:0[234]."))
                .anyMatch(warning -> warning.matches("portrait.mp4: header says 0:\\d\\d, file ends at 0:0[12]."));
    }

    @Test
    void tellsWhatWasDoneWithAnUnusualSoundAndASlowVideo() throws IOException {
        voice = Fixtures.make(
                home.resolve("voice.mka"),
                "-f lavfi -i anullsrc=cl=stereo:r=48000 -f lavfi -i aevalsrc=0.4*sin(2*PI*200*t)*gt(sin(19*t)\\,0):s=16000"
                        + " -t 1.2 -map 0 -map 1 -c:a flac");
        Path film = Fixtures.make(
                home.resolve("slow.mp4"), "-i " + portrait + " -r 3 -frames:v 6 -c:v libx264 -preset ultrafast -qp 12");
        Files.write(film, Files.readAllBytes(portrait), StandardOpenOption.APPEND);

        Rendered rendered = lipSync(folders("a")).render(job(film, Options.NONE));

        Sidecar sidecar = Documents.read(rendered.sidecar(), Sidecar.class);
        assertThat(sidecar.framesPerSecond()).isEqualTo(24);
        assertThat(sidecar.frames()).isEqualTo(29);
        assertThat(sidecar.warnings())
                .contains(
                        "Sound track 1 of voice.mka is silent; track 2 is used.",
                        "portrait.mp4 has 3 frames per second; each frame is repeated 8 times, so the result has 24 frames per second.",
                        "portrait.mp4 contains several joined recordings: everything after the first may be missing.");
        List<byte[]> after = frames(rendered.video());
        assertThat(after).hasSize(29);
        double moved = 0;
        for (int i = 1; i < 8; i++) {
            // The first source frame, eight times: only the mouth differs.
            assertThat(psnr(after.get(0), after.get(i), 0, SIDE / 3)).isGreaterThan(40);
            moved = Math.max(moved, difference(after.get(0), after.get(i), 5 * SIDE / 12, 2 * SIDE / 3));
        }
        assertThat(moved).isGreaterThan(0.1);
    }

    @Test
    void showsBothPartsOfAJoinedFilmAlsoAfterARestart() throws IOException {
        String half = "-t 1.2 -i " + portrait + " -c:v libx264 -preset ultrafast -qp 12 -bf 2 -f mpegts";
        Path first = Fixtures.make(home.resolve("first.ts"), half);
        Path second = Fixtures.make(home.resolve("second.ts"), half.replace("-c:v", "-vf hflip -c:v"));
        List<byte[]> parts = new ArrayList<>(frames(first));
        parts.addAll(frames(second));
        Path film = home.resolve("joined.ts");
        Files.copy(first, film);
        Files.write(film, Files.readAllBytes(second), StandardOpenOption.APPEND);
        Job job = job(film, Options.NONE);
        Folders folders = folders("a");
        interruptInItsSecondSegment(folders, job);
        Rendered rendered = lipSync(folders).render(job);

        assertThat(told.frames).startsWith((long) SEGMENT + 1);
        List<byte[]> after = frames(rendered.video());
        assertThat(after).hasSize(FRAMES);
        assertThat(parts).hasSize(FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            assertThat(psnr(parts.get(i), after.get(i), 0, SIDE / 3))
                    .as("frame %d", i)
                    .isGreaterThan(40);
        }
        assertThat(Documents.read(rendered.sidecar(), Sidecar.class).warnings())
                .anyMatch(warning -> warning.startsWith("The timestamps of portrait.mp4 jump"));
    }

    @Test
    void writesALabelWhereTheManifestAsksForOne() throws IOException {
        Options label = new Options(null, null, null, null, null, true, null);

        List<byte[]> with =
                frames(lipSync(folders("a")).render(job(portrait, label)).video());
        List<byte[]> without =
                frames(lipSync(folders("b")).render(job(portrait, Options.NONE)).video());

        for (int frame : new int[] {0, 30, FRAMES - 1}) {
            assertThat(difference(with.get(frame), without.get(frame), 65 * SIDE / 72, 35 * SIDE / 36))
                    .isGreaterThan(1);
            assertThat(difference(with.get(frame), without.get(frame), 0, 5 * SIDE / 6))
                    .isLessThan(0.2);
        }
    }

    @Test
    void saysInMetadataAndSidecarThatItIsMadeByAMachine() throws IOException {
        Rendered rendered = lipSync(folders("a")).render(job(portrait, Options.NONE));

        List<String> question = List.of("-show_entries", "format_tags", "-of", "json");
        try (Child child = FFMPEG.probe(rendered.video(), question)) {
            JsonNode tags =
                    new ObjectMapper().readTree(child.output().readAllBytes()).at("/format/tags");
            assertThat(tags.path("comment").asText()).startsWith("AI-generated");
            JsonNode aigc = new ObjectMapper().readTree(tags.path("AIGC").asText());
            assertThat(aigc.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "Label",
                            "ContentProducer",
                            "ProduceID",
                            "ReservedCode1",
                            "ContentPropagator",
                            "PropagateID",
                            "ReservedCode2");
            assertThat(aigc.path("Label").asText()).isEqualTo("1");
            assertThat(aigc.path("ContentProducer").asText()).isEqualTo("Studio 王");
            assertThat(aigc.path("ProduceID").asText()).isEqualTo("lesson-01");
        }
        JsonNode marking =
                new ObjectMapper().readTree(rendered.sidecar().toFile()).path("marking");
        assertThat(marking.at("/aigc/ProduceID").asText()).isEqualTo("lesson-01");
        assertThat(marking.path("visible").asBoolean(true)).isFalse();
    }

    private Folders folders(String name) {
        Path root = home.resolve(name);
        return new Folders(root, root, root, root, Path.of("models"), root.resolve("library"), root.resolve("work"));
    }

    private static double[] openings(Path file) {
        MediaInfo info = PROBE.probe(file);
        FaceTracker tracker = Models.tracker(FaceChoice.LARGEST);
        Frame frame = info.video().orElseThrow().newFrame();
        List<Double> openings = new ArrayList<>();
        try (VideoReader reader = VideoReader.open(FFMPEG, file, info, 0)) {
            while (reader.next(frame) != null) {
                openings.add(
                        (double) Objects.requireNonNull(tracker.follow(frame)).opening());
            }
        }
        return openings.stream().mapToDouble(opening -> opening).toArray();
    }

    private double[] openingsAsked() throws IOException {
        Path raw = home.resolve("voice.s16");
        new VoiceDecoder(FFMPEG, () -> {}).decode(voice, PROBE.probe(voice), raw, home.resolve("voice.m4a"));
        try (OnnxModel model = OnnxModel.open(Path.of("models/voice_to_mouth.onnx"), Device.CPU)) {
            MouthTrack track = new VoiceToMouth(model).hear(raw, () -> {});
            return IntStream.range(0, FRAMES)
                    .mapToDouble(frame -> track.at(frame / 25.0).opening())
                    .toArray();
        }
    }

    @Test
    void aCancelledJobEndsAtOnceInEveryPhase() throws IOException {
        for (Phase phase : List.of(Phase.LOADING_MODEL, Phase.READING_AUDIO, Phase.TRACKING_FACE, Phase.DELIVERING)) {
            Job job = job(portrait, Options.NONE);
            AtomicLong asked = new AtomicLong();
            told.atPhase = now -> {
                if (now == phase) {
                    asked.set(System.nanoTime());
                    assertThat(running.interrupt(job.id(), Failure.cancelled("portrait.mp4", "api:anna")))
                            .isTrue();
                }
            };
            LipSync sync = lipSync(folders("cancelled-" + phase));

            assertThatThrownBy(() -> sync.render(job))
                    .as("%s", phase)
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.code()).isEqualTo(FailureCode.CANCELLED);
                        assertThat(failure.by()).isEqualTo("api:anna");
                    });
            assertThat(Duration.ofNanos(System.nanoTime() - asked.get())).isLessThan(Duration.ofSeconds(2));
            assertThat(running.interrupt(job.id(), Failure.cancelled("portrait.mp4", "api:anna")))
                    .as("it runs no more")
                    .isFalse();
        }
        told.atPhase = now -> {};
    }

    @Test
    void aJobThatIsCancelledBetweenTwoFramesEndsAtOnce() {
        Job job = job(portrait, Options.NONE);
        AtomicLong asked = new AtomicLong();
        told.atFrame = frame -> {
            if (frame == SEGMENT + 5) {
                asked.set(System.nanoTime());
                running.interrupt(job.id(), Failure.cancelled("portrait.mp4", "document"));
            }
        };

        assertThatThrownBy(() -> lipSync(folders("cancelled")).render(job))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(FailureCode.CANCELLED));

        assertThat(Duration.ofNanos(System.nanoTime() - asked.get())).isLessThan(Duration.ofSeconds(2));
        told.atFrame = frame -> {};
    }

    private void interruptInItsSecondSegment(Folders folders, Job job) {
        LipSync interrupted = lipSync(folders);
        told.atFrame = frame -> {
            if (frame == SEGMENT + 5) {
                running.interrupt();
            }
        };
        assertThatThrownBy(() -> interrupted.render(job)).isInstanceOf(MachineUnfit.class);
        told.atFrame = frame -> {};
        told.frames.clear();
    }

    private final RunningJobs running = Controls.running();
    private int crf = 18;

    private LipSync lipSync(Folders folders) {
        return lipSync(folders, Duration.ofSeconds(60));
    }

    private LipSync lipSync(Folders folders, Duration stall) {
        SyncSettings settings = new SyncSettings(stall, Duration.ofMillis(800));
        ShippedModels models = new ShippedModels(folders);
        DeviceSlots places =
                new DeviceSlots(new DeviceSettings(List.of("cpu")), EngineSettings.STANDARD, OnnxSettings.STANDARD);
        Engines engines = new Engines(
                models,
                places,
                FirstLooks.in(folders, FFMPEG, models),
                new ModelFolder(folders, Clock.systemUTC(), Controls.SCHEDULER),
                EngineSettings.STANDARD);
        BatchVoice voices = new BatchVoice(folders, FFMPEG, PROBE, models);
        EncoderSettings encoder = new EncoderSettings("auto", crf, "veryfast", 0);
        Completion completion = new Completion(
                FFMPEG,
                encoder,
                models,
                new MarkingSettings("Studio 王"),
                new PastJobs(folders),
                new ResultCheck(FFMPEG, PROBE, models, running));
        return new LipSync(
                folders,
                settings,
                models,
                engines,
                voices,
                PROBE,
                FFMPEG,
                encoder,
                told,
                running,
                new NoOutcomes(),
                completion);
    }

    private Job job(Path video, Options options) {
        return new Job(
                "lesson-01",
                "lesson",
                "portrait",
                "voice.wav",
                voice,
                "portrait.mp4",
                video,
                options.over(Options.DEFAULTS),
                4,
                1,
                0,
                Instant.EPOCH);
    }

    /** The first frames of the portrait as a video of their own: the first segment of a rendering serves. */
    private void shorten(Path target) {
        Folders folders = folders("short");
        LipSync sync = lipSync(folders);
        Job job = job(portrait, Options.NONE);
        told.atFrame = frame -> {
            if (frame == SEGMENT + 1) {
                running.interrupt();
            }
        };
        assertThatThrownBy(() -> sync.render(job)).isInstanceOf(MachineUnfit.class);
        told.atFrame = frame -> {};
        new FinalMux(FFMPEG, () -> {})
                .join(
                        List.of(new FinalMux.Segment(Checkpoint.segment(folders.rendering(job), 0), SEGMENT)),
                        folders.staging(job.batch()).resolve("voice/sound.m4a"),
                        target,
                        new Rational(25, 1),
                        true,
                        Map.of());
    }

    /** What is there of a file whose copying broke off after one of {@code parts}. */
    private static Path cut(Path file, int parts) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return Files.write(file, Arrays.copyOf(bytes, bytes.length / parts));
    }

    private static List<byte[]> frames(Path file) {
        MediaInfo info = PROBE.probe(file);
        VideoStream video = info.video().orElseThrow();
        List<byte[]> frames = new ArrayList<>();
        Frame frame = video.newFrame();
        try (VideoReader reader = VideoReader.open(FFMPEG, file, info, 0)) {
            while (reader.next(frame) != null && frames.size() < 2 * FRAMES) {
                byte[] luma = new byte[video.width() * video.height()];
                System.arraycopy(frame.data(), frame.lumaOffset(), luma, 0, luma.length);
                frames.add(luma);
            }
        }
        return frames;
    }

    private static double difference(byte[] a, byte[] b, int firstRow, int lastRow) {
        long sum = 0;
        for (int i = firstRow * SIDE; i < lastRow * SIDE; i++) {
            sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
        }
        return sum / ((double) SIDE * (lastRow - firstRow));
    }

    private static double psnr(byte[] a, byte[] b, int firstRow, int lastRow) {
        double sum = 0;
        for (int i = firstRow * SIDE; i < lastRow * SIDE; i++) {
            double off = (a[i] & 0xff) - (b[i] & 0xff);
            sum += off * off;
        }
        return 10 * Math.log10(255 * 255 / Math.max(1e-9, sum / ((double) SIDE * (lastRow - firstRow))));
    }

    /** A voice-like sound: a buzz that swells and fades three times a second. */
    private static Path wav(Path file, double seconds) throws IOException {
        int samples = (int) (seconds * 16_000);
        ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1)
                .putShort((short) 1)
                .putInt(16_000)
                .putInt(32_000)
                .putShort((short) 2);
        wav.putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            double t = i / 16_000.0;
            double buzz = 0;
            for (int partial = 1; partial < 20; partial++) {
                buzz += Math.sin(2 * Math.PI * 125 * partial * t) / partial;
            }
            wav.putShort((short) (6000 * buzz * Math.pow(Math.sin(Math.PI * 3 * t), 2)));
        }
        return Files.write(file, wav.array());
    }

    /** Keeps what it is told. */
    private static final class Told implements Progress {
        private final List<Phase> phases = new CopyOnWriteArrayList<>();
        private final List<Long> frames = new CopyOnWriteArrayList<>();
        private volatile Consumer<Long> atFrame = frame -> {};
        private volatile Consumer<Phase> atPhase = phase -> {};

        @Override
        public void phase(Job job, Phase phase) {
            phases.add(phase);
            atPhase.accept(phase);
        }

        @Override
        public void frame(Job job, long frame, long count) {
            frames.add(frame);
            atFrame.accept(frame);
        }
    }
}
