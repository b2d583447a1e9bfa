package io.lipdrop.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lipdrop.home.Folders;
import io.lipdrop.job.Job;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.job.Options;
import io.lipdrop.media.Fixtures;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.sync.control.Controls;
import io.lipdrop.sync.control.JobControl;
import io.lipdrop.sync.model.ShippedModels;
import io.lipdrop.sync.render.Voice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers that need the voice of one batch at the same time. */
class BatchVoiceTest {
    private static final Ffmpeg FFMPEG = Ffmpeg.load();

    @TempDir
    Path home;

    private final ExecutorService worker = Executors.newSingleThreadExecutor();
    private final JobControl first = Controls.control("first", Duration.ofMinutes(1));
    private final JobControl second = Controls.control("second", Duration.ofMinutes(1));
    private Folders folders;
    private BatchVoice voices;
    private Path voice;

    @BeforeEach
    void speak() {
        folders = new Folders(home, home, home, home, Path.of("models"), home, home.resolve("work"));
        ShippedModels models = new ShippedModels(folders);
        voices = new BatchVoice(folders, FFMPEG, new MediaProbe(FFMPEG), models);
        voice = Fixtures.make(home.resolve("voice.wav"), "-f lavfi -i sine=200:sample_rate=16000 -t 60");
    }

    @AfterEach
    void end() {
        worker.shutdownNow();
        first.close();
        second.close();
    }

    @Test
    void itIsMadeOnceAndTheOtherWaitsForIt() throws Exception {
        Future<Voice> making = worker.submit(() -> voices.of(job("talk-01", voice), first));
        await().until(() -> Files.exists(folders.staging("talk").resolve("voice")));

        // From this file no voice could be made: who does not wait fails.
        Voice waited = voices.of(job("talk-02", home.resolve("nothing.wav")), second);

        assertThat(waited.seconds()).isEqualTo(60);
        assertThat(waited.sha256()).isEqualTo(making.get().sha256());
    }

    @Test
    void whereTheFirstIsStoppedTheOtherMakesIt() throws Exception {
        Future<Voice> making = worker.submit(() -> voices.of(job("talk-01", voice), first));
        await().until(() -> Files.exists(folders.staging("talk").resolve("voice")));
        first.end(new MachineUnfit("Lipdrop is stopping"));

        assertThat(voices.of(job("talk-02", voice), second).seconds()).isEqualTo(60);
        assertThatThrownBy(making::get).isInstanceOf(ExecutionException.class);
    }

    @Test
    void waitingForItCanBeEnded() throws Exception {
        Future<Voice> making = worker.submit(() -> voices.of(job("talk-01", voice), first));
        await().until(() -> Files.exists(folders.staging("talk").resolve("voice")));
        second.end(new MachineUnfit("Lipdrop is stopping"));

        assertThatThrownBy(() -> voices.of(job("talk-02", voice), second)).isInstanceOf(MachineUnfit.class);
        assertThat(making.get().seconds()).isEqualTo(60);
    }

    private static Job job(String id, Path voice) {
        Path film = Path.of("film.mp4");
        return new Job(id, "talk", id, "voice.wav", voice, "film.mp4", film, Options.DEFAULTS, 4, 1, 0, Instant.EPOCH);
    }
}
