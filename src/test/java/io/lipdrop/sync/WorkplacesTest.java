package io.lipdrop.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
    void aJobThatNeedsNoDeviceLeavesTheFirstOneToOthers() {
        Workplaces places = workplaces("cuda:0", "cpu");

        assertThat(places.takeLast().setting()).isEqualTo("cpu");
        assertThat(places.takeLast().setting()).isEqualTo("cuda:0");
    }

    @Test
    void whoFindsNoneFreeWaitsForOne() {
        Workplaces places = workplaces("cpu");
        Workplace only = places.take();
        CompletableFuture<Workplace> next = CompletableFuture.supplyAsync(places::take);
        await().during(Duration.ofMillis(300)).until(() -> !next.isDone());
        only.leave();

        assertThat(next).succeedsWithin(Duration.ofSeconds(10)).isSameAs(only);
    }

    private static Workplaces workplaces(String... devices) {
        DeviceSettings settings = new DeviceSettings(List.of(devices));
        return new Workplaces(settings, EngineSettings.STANDARD, OnnxSettings.STANDARD);
    }
}
