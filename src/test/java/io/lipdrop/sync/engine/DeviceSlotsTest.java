package io.lipdrop.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which workplace the next job gets; no device is looked for. */
class DeviceSlotsTest {
    @Test
    void theFirstDeviceOfTheSettingIsTakenHoweverTheLastJobsEnded() {
        DeviceSlots places = workplaces("cuda:0", "cpu");
        DeviceSlot card = places.take();
        DeviceSlot processor = places.take();
        assertThat(card.setting()).isEqualTo("cuda:0");
        card.leave();
        processor.leave();

        assertThat(places.take()).isSameAs(card);
        assertThat(places.take()).isSameAs(processor);
    }

    @Test
    void ofTheSameDeviceTheOneThatWasLeftLastIsTaken() {
        DeviceSlots places = workplaces("cuda:1", "cpu", "cuda:1");
        DeviceSlot first = places.take();
        DeviceSlot second = places.take();
        assertThat(second.setting()).isEqualTo("cuda:1");
        DeviceSlot processor = places.take();
        first.leave();
        second.leave();
        processor.leave();

        assertThat(places.take()).isSameAs(second);
    }

    @Test
    void aJobThatNeedsNoDeviceLeavesTheFirstOneToOthers() {
        DeviceSlots places = workplaces("cuda:0", "cpu");

        assertThat(places.takeLast().setting()).isEqualTo("cpu");
        assertThat(places.takeLast().setting()).isEqualTo("cuda:0");
    }

    @Test
    void whoFindsNoneFreeWaitsForOne() {
        DeviceSlots places = workplaces("cpu");
        DeviceSlot only = places.take();
        CompletableFuture<DeviceSlot> next = CompletableFuture.supplyAsync(places::take);
        await().during(Duration.ofMillis(300)).until(() -> !next.isDone());
        only.leave();

        assertThat(next).succeedsWithin(Duration.ofSeconds(10)).isSameAs(only);
    }

    private static DeviceSlots workplaces(String... devices) {
        DeviceSettings settings = new DeviceSettings(List.of(devices));
        return new DeviceSlots(settings, EngineSettings.STANDARD, OnnxSettings.STANDARD);
    }
}
