package io.lipdrop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which workplace the next job gets; no device is looked for. */
class WorkplacesTest {
    @Test
    void theFirstDeviceOfTheSettingIsTakenHoweverTheLastJobsEnded() {
        Workplaces places = workplaces("cuda:0", "cpu");
        Workplace card = places.take();
        Workplace processor = places.take();
        assertThat(card.setting()).isEqualTo("cuda:0");
        card.leave();
        processor.leave();

        assertThat(places.take()).isSameAs(card);
        assertThat(places.take()).isSameAs(processor);
    }

    @Test
    void ofTheSameDeviceTheOneThatWasLeftLastIsTaken() {
        Workplaces places = workplaces("cuda:1", "cpu", "cuda:1");
        Workplace first = places.take();
        Workplace second = places.take();
        assertThat(second.setting()).isEqualTo("cuda:1");
        Workplace processor = places.take();
        first.leave();
        second.leave();
        processor.leave();

        assertThat(places.take()).isSameAs(second);
    }

    @Test
    void whoFindsNoneFreeWaitsForOne() throws Exception {
        Workplaces places = workplaces("cpu");
        Workplace only = places.take();
        CompletableFuture<Workplace> next = CompletableFuture.supplyAsync(places::take);
        only.leave();

        assertThat(next.get(10, TimeUnit.SECONDS)).isSameAs(only);
    }

    private static Workplaces workplaces(String... devices) {
        SyncSettings settings = new SyncSettings(List.of(devices), Duration.ofSeconds(60), Duration.ofSeconds(10));
        return new Workplaces(settings, EngineSettings.STANDARD, OnnxSettings.STANDARD);
    }
}
