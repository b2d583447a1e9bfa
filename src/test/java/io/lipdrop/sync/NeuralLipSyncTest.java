package io.lipdrop.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Rendered;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Job;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.job.Options;
import io.lipdrop.job.Phase;
import io.lipdrop.job.Progress;
import io.lipdrop.media.Fixtures;
import io.lipdrop.media.ffmpeg.EncoderSettings;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.video.VideoReader;
import io.lipdrop.onnx.TinyModels;
import io.lipdrop.onnx.TinyModels.Paints;
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
import io.lipdrop.sync.model.ModelFolder;
import io.lipdrop.sync.model.ShippedModels;
import io.lipdrop.sync.model.UsedModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of lip-sync with a network from {@code models/}, on the sample portrait at half its size, 1.6 s in segments of 0.8 s. */
class NeuralLipSyncTest {
    private static final Ffmpeg FFMPEG = Ffmpeg.load();
    private static final MediaProbe PROBE = new MediaProbe(FFMPEG);
    private static final int SIDE = 360;
    private static final int FRAMES = 40;
    private static final int SEGMENT = 20;

    @TempDir
    static Path shared;

    private static Path portrait = Path.of("");

    @TempDir
    Path home;

    private LongConsumer atFrame = frame -> {};
    private Path voice = Path.of("");
    private final List<String> engines = new ArrayList<>();

    @BeforeAll
    static void paint() {
        portrait = Fixtures.smallPortrait(shared);
    }

    @BeforeEach
    void prepare() throws IOException {
        voice = voice(home.resolve("voice.wav"));
        Path models = Files.createDirectories(home.resolve("models"));
        for (String name : ShippedModels.ALL) {
            Files.copy(Path.of("models", name), models.resolve(name));
        }
    }

    @Test
    void aNetworkThatLeavesTheFaceAsItIsMakesTheVideoThatWentIn() throws IOException {
        TinyModels.wav2lip(home.resolve("models/same.onnx"), Paints.NOTHING);

        Rendered rendered = lipSync("a", 0).render(job("auto"));

        List<byte[]> before = frames(portrait);
        List<byte[]> after = frames(rendered.video());
        assertThat(after).hasSize(FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            assertThat(difference(before.get(i), after.get(i))).isLessThan(1.5);
        }
        Sidecar sidecar = Documents.read(rendered.sidecar(), Sidecar.class);
        assertThat(sidecar.engine()).isEqualTo("wav2lip");
        assertThat(engines).containsExactly("drawn by models/same.onnx (wav2lip) on cpu");
        assertThat(sidecar.device().name()).isEqualTo("cpu");
        UsedModel model = sidecar.models().get(2);
        assertThat(model.file()).isEqualTo("same.onnx");
        assertThat(model.sha256()).hasSize(64);
        assertThat(model.family()).isEqualTo("wav2lip");
        assertThat(model.licence()).contains("non-commercial");
        assertThat(model.device()).isEqualTo("cpu");
        assertThat(model.bytes()).isEqualTo(Files.size(home.resolve("models/same.onnx")));
    }

    @Test
    void theMouthFollowsTheVoiceFrameByFrameInBatchesOfAnySize() throws IOException {
        TinyModels.wav2lip(home.resolve("models/loud.onnx"), Paints.MEL);

        for (int batch : new int[] {1, 3, 16}) {
            List<byte[]> after = frames(
                    lipSync("batch-" + batch, batch).render(job("wav2lip")).video());

            // The voice is silent for 0.8 s. The transform is as wide as 50 ms: a frame early the mouth may stir.
            assertThat(after).hasSize(FRAMES);
            for (int i = 0; i < FRAMES; i++) {
                double grey = mouth(after.get(i));
                if (i < 19) {
                    assertThat(grey).as("batch %d, frame %d", batch, i).isLessThan(30);
                } else if (i > 20) {
                    assertThat(grey).as("batch %d, frame %d", batch, i).isGreaterThan(60);
                }
            }
        }
    }

    @Test
    void goesOnBehindItsLastSegmentWithTheSamePicture() throws IOException {
        TinyModels.wav2lip(home.resolve("models/loud.onnx"), Paints.MEL);
        List<byte[]> straight = frames(lipSync("a", 4).render(job("auto")).video());
        LipSync interrupted = lipSync("b", 4);
        atFrame = frame -> {
            if (frame == SEGMENT + 5) {
                running.interrupt();
            }
        };
        assertThatThrownBy(() -> interrupted.render(job("auto"))).isInstanceOf(MachineUnfit.class);
        List<Long> told = new ArrayList<>();
        atFrame = told::add;

        List<byte[]> resumed = frames(lipSync("b", 4).render(job("auto")).video());

        assertThat(told).startsWith((long) SEGMENT + 1);
        assertThat(resumed).hasSize(FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            assertThat(difference(straight.get(i), resumed.get(i))).isLessThan(0.6);
        }
    }

    @Test
    void framesWithoutAPictureStayAsTheyAreAndAreCountedAlsoAfterARestart() throws IOException {
        TinyModels.wav2lip(home.resolve("models/half.onnx"), Paints.NOT_A_NUMBER_IN_SILENCE);
        Rendered straight = lipSync("a", 4).render(job("auto"));
        LipSync interrupted = lipSync("b", 4);
        atFrame = frame -> {
            if (frame == SEGMENT + 5) {
                running.interrupt();
            }
        };
        assertThatThrownBy(() -> interrupted.render(job("auto"))).isInstanceOf(MachineUnfit.class);
        atFrame = frame -> {};

        Rendered resumed = lipSync("b", 4).render(job("auto"));

        List<String> warnings =
                Documents.read(straight.sidecar(), Sidecar.class).warnings();
        assertThat(warnings)
                .singleElement()
                .asString()
                .matches("The network gave invalid output for (19|20|21) of 40 frames; they are unchanged\\.");
        assertThat(Documents.read(resumed.sidecar(), Sidecar.class).warnings()).isEqualTo(warnings);
        List<byte[]> before = frames(portrait);
        List<byte[]> after = frames(straight.video());
        assertThat(Math.abs(mouth(after.get(5)) - mouth(before.get(5)))).isLessThan(3);
        assertThat(mouth(after.get(FRAMES - 1)) - mouth(before.get(FRAMES - 1))).isGreaterThan(10);
    }

    @Test
    void aNetworkThatGivesNoPictureAtAllFailsTheJob() throws IOException {
        TinyModels.wav2lip(home.resolve("models/broken.onnx"), Paints.NOT_A_NUMBER);

        Failure failure =
                catchThrowableOfType(Failure.class, () -> lipSync("a", 4).render(job("auto")));

        assertThat(failure.code()).isEqualTo(FailureCode.MODEL_INVALID);
        assertThat(failure.reason()).contains("broken.onnx", "portrait.mp4", "no usable output");
    }

    @Test
    void aJobThatChangesItsEngineBeginsAnew() throws IOException {
        LipSync interrupted = lipSync("a", 0);
        atFrame = frame -> {
            if (frame == SEGMENT + 5) {
                running.interrupt();
            }
        };
        assertThatThrownBy(() -> interrupted.render(job("auto"))).isInstanceOf(MachineUnfit.class);
        TinyModels.wav2lip(home.resolve("models/late.onnx"), Paints.NOTHING);
        List<Long> told = new ArrayList<>();
        atFrame = told::add;

        lipSync("a", 0).render(job("auto"));

        assertThat(told).startsWith(1L);
    }

    private final RunningJobs running = Controls.running();

    private LipSync lipSync(String name, int batch) {
        Path root = home.resolve(name);
        Folders folders = new Folders(root, root, root, root, home.resolve("models"), root, root.resolve("work"));
        SyncSettings settings = new SyncSettings(Duration.ofSeconds(60), Duration.ofMillis(800));
        ShippedModels models = new ShippedModels(folders);
        EngineSettings engine = new EngineSettings("auto", batch, null);
        DeviceSlots places = new DeviceSlots(new DeviceSettings(List.of("cpu")), engine, OnnxSettings.STANDARD);
        Engines engines = new Engines(
                models,
                places,
                FirstLooks.in(folders, FFMPEG, models),
                new ModelFolder(folders, Clock.systemUTC(), Controls.SCHEDULER),
                engine);
        BatchVoice voices = new BatchVoice(folders, FFMPEG, PROBE, models);
        EncoderSettings encoder = new EncoderSettings("auto", 18, "veryfast", 0);
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
                new Told(),
                running,
                new NoOutcomes(),
                completion);
    }

    private Job job(String engine) {
        Options options = new Options(engine, null, null, null, null, null, null);
        return new Job(
                "lesson-01",
                "lesson",
                "portrait",
                "voice.wav",
                voice,
                "portrait.mp4",
                portrait,
                options.over(Options.DEFAULTS),
                4,
                1,
                0,
                Instant.EPOCH);
    }

    private static List<byte[]> frames(Path file) {
        MediaInfo info = PROBE.probe(file);
        List<byte[]> frames = new ArrayList<>();
        Frame frame = info.video().orElseThrow().newFrame();
        try (VideoReader reader = VideoReader.open(FFMPEG, file, info, 0)) {
            while (reader.next(frame) != null && frames.size() < 2 * FRAMES) {
                byte[] luma = new byte[SIDE * SIDE];
                System.arraycopy(frame.data(), frame.lumaOffset(), luma, 0, luma.length);
                frames.add(luma);
            }
        }
        return frames;
    }

    private static double difference(byte[] a, byte[] b) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
        }
        return (double) sum / a.length;
    }

    /** The mean luma of the sample's mouth. */
    private static double mouth(byte[] luma) {
        double sum = 0;
        for (int y = MOUTH_Y - 4; y < MOUTH_Y + 4; y++) {
            for (int x = MOUTH_X - 4; x < MOUTH_X + 4; x++) {
                sum += luma[y * SIDE + x] & 0xff;
            }
        }
        return sum / 64;
    }

    private static final int MOUTH_X = 170;
    private static final int MOUTH_Y = 149;

    /** Silence for half of 1.6 s, then a buzz. */
    private static Path voice(Path file) throws IOException {
        int samples = 25_600;
        ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(16_000).putInt(32_000);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            wav.putShort((short) (i < samples / 2 ? 0 : 12_000 * ((i * 125L / 16 % 1000) / 500.0 - 1)));
        }
        return Files.write(file, wav.array());
    }

    private final class Told implements Progress {
        @Override
        public void phase(Job job, Phase phase) {}

        @Override
        public void engine(Job job, String words) {
            engines.add(words);
        }

        @Override
        public void frame(Job job, long frame, long count) {
            atFrame.accept(frame);
        }
    }
}
