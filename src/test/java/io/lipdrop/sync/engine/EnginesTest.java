package io.lipdrop.sync.engine;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.lipdrop.SteppedClock;
import io.lipdrop.home.Folders;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.job.Options;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxException;
import io.lipdrop.onnx.TinyModels;
import io.lipdrop.onnx.TinyModels.Paints;
import io.lipdrop.stage.EngineStatus;
import io.lipdrop.sync.control.Controls;
import io.lipdrop.sync.control.JobControl;
import io.lipdrop.sync.model.ModelFile;
import io.lipdrop.sync.model.ModelFolder;
import io.lipdrop.sync.model.ShippedModels;
import io.lipdrop.sync.model.WarmModel;
import io.lipdrop.sync.neural.FailingCard;
import io.lipdrop.sync.neural.NeuralModel;
import io.lipdrop.sync.render.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which engine a job gets, from what lies in {@code models/}. */
class EnginesTest {
    @TempDir
    Path models;

    private final SteppedClock clock = new SteppedClock(Instant.now());

    @Test
    void autoIsWarpWhereNothingElseIsThere() throws IOException {
        assertThat(name(engines("auto"), "auto")).isEqualTo("warp");
        assertThat(name(engines("auto"), null)).isEqualTo("warp");
    }

    @Test
    void autoIsTheNetworkWithTheLargestPictures() throws IOException {
        wav2lip("a.onnx", 96);
        assertThat(name(engines("auto"), "auto")).isEqualTo("wav2lip");

        TinyModels.edtalk(models.resolve("b.onnx"), Paints.NOTHING);
        assertThat(name(engines("auto"), "auto")).isEqualTo("edtalk");

        wav2lip("c.onnx", 288);
        assertThat(file(engines("auto"), "auto")).isEqualTo("c.onnx");
    }

    @Test
    void aFamilyOrAFileCanBeAskedFor() throws IOException {
        wav2lip("mine.onnx", 96);
        wav2lip("other.onnx", 256);
        TinyModels.edtalk(models.resolve("talk.onnx"), Paints.NOTHING);
        Engines engines = engines("auto");

        assertThat(file(engines, "wav2lip")).isEqualTo("other.onnx");
        assertThat(file(engines, "edtalk")).isEqualTo("talk.onnx");
        assertThat(file(engines, "mine.onnx")).isEqualTo("mine.onnx");
        assertThat(name(engines, "warp")).isEqualTo("warp");
        engines.check(options("edtalk"));
        engines.check(options("warp"));
    }

    @Test
    void theSettingSaysWhatAutoStandsFor() throws IOException {
        wav2lip("mine.onnx", 96);

        assertThat(name(engines("warp"), "auto")).isEqualTo("warp");
        assertThat(name(engines("warp"), "wav2lip")).isEqualTo("wav2lip");
    }

    @Test
    void anEngineThatIsNotThereIsMissing() throws IOException {
        TinyModels.edtalk(models.resolve("talk.onnx"), Paints.NOTHING);
        poem("poem.onnx");
        Engines engines = engines("auto");

        Failure noModel = failure(engines, "wav2lip");
        assertThat(noModel.code()).isEqualTo(FailureCode.MODEL_MISSING);
        assertThat(noModel.reason()).contains("wav2lip").contains("poem.onnx");
        assertThat(failure(engines, "sadtalker").reason()).contains("sadtalker").contains("edtalk");
        assertThat(failure(engines, "../talk.onnx").code()).isEqualTo(FailureCode.MODEL_MISSING);
        Failure early = catchThrowableOfType(Failure.class, () -> engines.check(options("wav2lip")));
        assertThat(early.code()).isEqualTo(FailureCode.MODEL_MISSING);
    }

    @Test
    void aFileThatIsNoLipSyncModelIsInvalidAndListedWithTheReason() throws IOException {
        poem("poem.onnx");
        Files.copy(Path.of("models", "voice_to_mouth.onnx"), models.resolve("voice.onnx"), COPY_ATTRIBUTES);
        wav2lip("good.onnx", 96);
        Engines engines = engines("auto");

        assertThat(failure(engines, "poem.onnx").code()).isEqualTo(FailureCode.MODEL_INVALID);
        assertThat(failure(engines, "voice.onnx").reason()).contains("audio float32");
        assertThat(name(engines, "auto")).isEqualTo("wav2lip");
        assertThat(engines.models())
                .extracting(EngineStatus.Model::file, EngineStatus.Model::family, EngineStatus.Model::code)
                .containsExactly(
                        tuple("good.onnx", "wav2lip", null),
                        tuple("poem.onnx", null, FailureCode.MODEL_INVALID),
                        tuple("voice.onnx", null, FailureCode.MODEL_INVALID));
    }

    @Test
    void aFileThatIsStillBeingCopiedIsWaitedFor() throws IOException {
        Path file = Files.writeString(models.resolve("mine.onnx"), "the first of it");
        Engines engines = engines("auto");
        engines.check(options("mine.onnx"));
        CompletableFuture<String> wanted = CompletableFuture.supplyAsync(() -> {
            try (Engine engine = engines.open(options("mine.onnx"), Controls.calm())) {
                return engine.name();
            }
        });
        for (int second = 0; second < 6; second += 2) {
            Files.writeString(file, "more", StandardOpenOption.APPEND);
            clock.step(Duration.ofSeconds(2));
            await().during(Duration.ofMillis(1500)).until(() -> !wanted.isDone());
        }

        wav2lip("mine.onnx", 96);

        assertThat(wanted).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("wav2lip");
    }

    @Test
    void theWaitForAFileEndsWithTheJob() throws IOException {
        Files.writeString(models.resolve("mine.onnx"), "the first of it");
        MachineUnfit stopping = new MachineUnfit("Lipdrop is stopping");
        JobControl control = Controls.calm();
        CompletableFuture<Engine> wanted =
                CompletableFuture.supplyAsync(() -> engines("auto").open(options("mine.onnx"), control));

        control.end(stopping);

        assertThat(wanted)
                .failsWithin(Duration.ofSeconds(2))
                .withThrowableThat()
                .havingCause()
                .isSameAs(stopping);
    }

    @Test
    void aCancelledJobWaitsForNoDevice() throws IOException {
        Engines engines = engines("auto");
        JobControl control = Controls.calm();
        try (Engine busy = engines.open(options("warp"), Controls.calm())) {
            assertThat(busy.name()).isEqualTo("warp");
            CompletableFuture<Engine> wanted =
                    CompletableFuture.supplyAsync(() -> engines.open(options("warp"), control));
            await().during(Duration.ofMillis(500)).until(() -> !wanted.isDone());

            Failure cancelled = Failure.cancelled("film.mp4", "mbean");
            control.end(cancelled);

            assertThat(wanted)
                    .failsWithin(Duration.ofSeconds(2))
                    .withThrowableThat()
                    .havingCause()
                    .isSameAs(cancelled);
        }
        try (Engine next = engines.open(options("warp"), Controls.calm())) {
            assertThat(next.name()).as("the device is free for the next job").isEqualTo("warp");
        }
    }

    @Test
    void aNetworkThatCannotRunIsPassedOver() throws IOException {
        List<String> names = List.of("source", "target", "output");
        TinyModels.wav2lip(models.resolve("broken.onnx"), Paints.FAILS, 288, -1, false, names);
        Files.setLastModifiedTime(models.resolve("broken.onnx"), FileTime.from(Instant.EPOCH));
        poem("poem.onnx");
        Engines engines = engines("auto");

        try (Engine engine = engines.open(options("auto"), Controls.calm())) {
            assertThat(engine.name()).isEqualTo("warp");
            assertThat(engine.warnings(NeuralEngineTest.video(64, 48)))
                    .hasSize(2)
                    .anyMatch(warning -> warning.startsWith("broken.onnx was skipped"))
                    .anyMatch(warning -> warning.startsWith("poem.onnx cannot be used"));
        }
        assertThat(failure(engines, "broken.onnx").code()).isEqualTo(FailureCode.MODEL_INVALID);
        assertThat(engines.models()).extracting(EngineStatus.Model::code).containsOnly(FailureCode.MODEL_INVALID);
    }

    @Test
    void whatIsPassedOverIsSaidWhereAnotherNetworkIsTaken() throws IOException {
        List<String> names = List.of("source", "target", "output");
        TinyModels.wav2lip(models.resolve("broken.onnx"), Paints.FAILS, 288, -1, false, names);
        wav2lip("good.onnx", 96);

        try (Engine engine = engines("auto").open(options("auto"), Controls.calm())) {
            assertThat(engine.models().get(0).file()).isEqualTo("good.onnx");
            assertThat(engine.warnings(NeuralEngineTest.video(64, 48)))
                    .singleElement(as(STRING))
                    .startsWith("broken.onnx was skipped");
        }
    }

    @Test
    void whatCannotBeOpenedIsTriedAgainAfterAWhile() throws IOException {
        Path file = wav2lip("mine.onnx", 96);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, new byte[whole.length]);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        ModelFolder folder = new ModelFolder(folders(), clock, Controls.SCHEDULER);
        assertThat(folder.look()).noneMatch(ModelFile::isUsable);
        Files.write(file, whole);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        assertThat(folder.look()).noneMatch(ModelFile::isUsable);

        clock.step(Duration.ofSeconds(61));

        assertThat(folder.look()).allMatch(ModelFile::isUsable);
    }

    @Test
    void weightsBesideAFileArePartOfIt() throws IOException {
        wav2lip("mine.onnx", 96);
        ModelFolder folder = new ModelFolder(folders(), clock, Controls.SCHEDULER);
        try (WarmModel warm = new WarmModel(null, 1)) {
            WarmModel.Loaded alone = warm.acquire(folder.look().get(0), Device.CPU, () -> {});

            Files.writeString(models.resolve("mine.onnx.data"), "weights");
            Files.writeString(models.resolve("mine.onnx.bak"), "not a part");

            WarmModel.Loaded both = warm.acquire(folder.look().get(0), Device.CPU, () -> {});
            assertThat(both.file().parts()).hasSize(2);
            assertThat(both.file().bytes()).isEqualTo(alone.file().bytes() + 7);
            assertThat(both.sha256()).isNotEqualTo(alone.sha256());
        }
    }

    @Test
    void aNetworkThatIsGoneWhenItIsOpenedIsTheModelsFault() throws IOException {
        Path file = wav2lip("mine.onnx", 96);
        ModelFile seen =
                new ModelFolder(folders(), clock, Controls.SCHEDULER).look().get(0);
        Files.delete(file);
        try (WarmModel warm = new WarmModel(null, 1)) {
            OnnxException e = catchThrowableOfType(OnnxException.class, () -> warm.acquire(seen, Device.CPU, () -> {}));
            assertThat(e.kind()).isEqualTo(OnnxException.Kind.MISSING);
        }
    }

    @Test
    void whatAGraphicsCardFailedOfRunsOnTheProcessorFromThenOn() throws IOException {
        wav2lip("mine.onnx", 96);
        ModelFile file =
                new ModelFolder(folders(), clock, Controls.SCHEDULER).look().get(0);
        try (WarmModel warm = new WarmModel(null, 1, FailingCard::open)) {
            WarmModel.Loaded first = warm.acquire(file, FailingCard.CARD, () -> {});
            assertThat(first.model().device()).isEqualTo(FailingCard.CARD);
            FailingCard.fail(first.model());
            warm.release();

            WarmModel.Loaded second = warm.acquire(file, FailingCard.CARD, () -> {});

            assertThat(second).isNotSameAs(first);
            assertThat(second.model().device().isCpu()).isTrue();
            assertThat(second.model().device().reason()).isEqualTo("cuda:0 failed: a run did not finish");
            assertThat(warm.lastDevice()).contains(second.model().device());
        }
    }

    @Test
    void aFileThatChangesIsLookedAtAgain() throws IOException {
        poem("mine.onnx");
        Engines engines = engines("auto");
        assertThat(name(engines, "auto")).isEqualTo("warp");

        wav2lip("mine.onnx", 96);
        assertThat(name(engines, "auto")).isEqualTo("wav2lip");

        Files.delete(models.resolve("mine.onnx"));
        assertThat(name(engines, "auto")).isEqualTo("warp");
        assertThat(engines.models()).isEmpty();
    }

    @Test
    void watchingLeavesFilesAloneThatAreStillBeingCopied() throws IOException {
        wav2lip("new.onnx", 96);
        wav2lip("old.onnx", 96);
        Files.setLastModifiedTime(
                models.resolve("old.onnx"), FileTime.from(Instant.now().minusSeconds(120)));
        ModelFolder folder = new ModelFolder(folders(), clock, Controls.SCHEDULER);

        folder.watch();

        await().until(() -> !folder.known().isEmpty());
        assertThat(folder.known()).extracting(ModelFile::name).containsExactly("old.onnx");
        clock.step(Duration.ofSeconds(4));
        await().untilAsserted(() -> assertThat(folder.known()).hasSize(2));
        folder.destroy();
    }

    @Test
    void aNetworkStaysOpenUntilItsFileChanges() throws IOException {
        Path file = wav2lip("mine.onnx", 96);
        ModelFolder folder = new ModelFolder(folders(), clock, Controls.SCHEDULER);
        try (WarmModel warm = new WarmModel(null, 1)) {
            WarmModel.Loaded first = warm.acquire(folder.look().get(0), Device.CPU, () -> {});
            warm.release();
            assertThat(warm.acquire(folder.look().get(0), Device.CPU, () -> {})).isSameAs(first);

            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
            assertThat(warm.acquire(folder.look().get(0), Device.CPU, () -> {})).isNotSameAs(first);
        }
    }

    @Test
    void anIdleNetworkIsClosedWhereTheSettingSaysSo() throws IOException {
        wav2lip("mine.onnx", 96);
        ModelFile file =
                new ModelFolder(folders(), clock, Controls.SCHEDULER).look().get(0);
        try (WarmModel warm = new WarmModel(Duration.ofMillis(50), 1)) {
            WarmModel.Loaded first = warm.acquire(file, Device.CPU, () -> {});
            warm.release();
            await().until(() -> !warm.isLoaded());
            assertThat(warm.acquire(file, Device.CPU, () -> {})).isNotSameAs(first);
        }
    }

    @Test
    void eachOfTwoJobsHasADeviceAndANetworkForItselfAndAThirdWaits() throws Exception {
        wav2lip("mine.onnx", 96);
        Engines engines = engines("auto", "cpu", "cpu");
        Engine first = engines.open(options("mine.onnx"), Controls.calm());
        assertThat(failure(engines, "sadtalker").code()).isEqualTo(FailureCode.MODEL_MISSING);
        Engine second = engines.open(options("mine.onnx"), Controls.calm());
        Future<Engine> third =
                Executors.newSingleThreadExecutor().submit(() -> engines.open(options("warp"), Controls.calm()));

        assertThat(model(first)).isNotSameAs(model(second));
        await().during(Duration.ofMillis(300)).until(() -> !third.isDone());
        NeuralModel network = model(second);
        second.close();
        third.get(10, TimeUnit.SECONDS).close();

        try (Engine again = engines.open(options("mine.onnx"), Controls.calm())) {
            assertThat(model(again)).as("what is warm is used again").isSameAs(network);
        }
        first.close();
        assertThat(engines.workers()).isEqualTo(2);
        assertThat(engines.runners())
                .hasSize(2)
                .allSatisfy(runner -> assertThat(runner.device()).isEqualTo("cpu"));
    }

    private static NeuralModel model(Engine engine) {
        return ((NeuralEngine) engine).model();
    }

    /** No model, and no longer being copied. */
    private void poem(String name) throws IOException {
        Path file = Files.writeString(models.resolve(name), "shall I compare thee");
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    }

    private Path wav2lip(String name, int side) throws IOException {
        List<String> names = List.of("source", "target", "output");
        return TinyModels.wav2lip(models.resolve(name), Paints.NOTHING, side, -1, false, names);
    }

    private Folders folders() {
        return new Folders(models, models, models, models, models, models, models);
    }

    private Engines engines(String standard) {
        return engines(standard, "cpu");
    }

    private Engines engines(String standard, String... devices) {
        DeviceSettings settings = new DeviceSettings(List.of(devices));
        EngineSettings engine = new EngineSettings(standard, 0, null);
        ShippedModels shipped = new ShippedModels(folders());
        return new Engines(
                shipped,
                new DeviceSlots(settings, engine, OnnxSettings.STANDARD),
                FirstLooks.in(folders(), Ffmpeg.load(), shipped),
                new ModelFolder(folders(), clock, Controls.SCHEDULER),
                engine);
    }

    private static String name(Engines engines, @Nullable String wanted) {
        try (Engine engine = engines.open(options(wanted), Controls.calm())) {
            return engine.name();
        }
    }

    private static String file(Engines engines, String wanted) throws IOException {
        try (Engine engine = engines.open(options(wanted), Controls.calm())) {
            return engine.models().get(0).file();
        }
    }

    private static Failure failure(Engines engines, String wanted) {
        return catchThrowableOfType(Failure.class, () -> engines.open(options(wanted), Controls.calm()));
    }

    private static Options options(@Nullable String engine) {
        return new Options(engine, null, null, null, null, null, null);
    }
}
