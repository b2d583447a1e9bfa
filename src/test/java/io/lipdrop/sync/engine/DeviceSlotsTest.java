package io.lipdrop.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lipdrop.sync.control.Controls;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which device slot the next job gets; no device is looked for. */
class DeviceSlotsTest {
    @Test
    void theFirstDeviceOfTheSettingIsTakenHoweverTheLastJobsEnded() {
        DeviceSlots slots = slots("cuda:0", "cpu");
        DeviceSlot card = slots.take(Controls.calm());
        DeviceSlot processor = slots.take(Controls.calm());
        assertThat(card.setting()).isEqualTo("cuda:0");
        card.leave();
        processor.leave();

        assertThat(slots.take(Controls.calm())).isSameAs(card);
        assertThat(slots.take(Controls.calm())).isSameAs(processor);
    }

    @Test
    void ofTheSameDeviceTheOneThatWasLeftLastIsTaken() {
        DeviceSlots slots = slots("cuda:1", "cpu", "cuda:1");
        DeviceSlot first = slots.take(Controls.calm());
        DeviceSlot second = slots.take(Controls.calm());
        assertThat(second.setting()).isEqualTo("cuda:1");
        DeviceSlot processor = slots.take(Controls.calm());
        first.leave();
        second.leave();
        processor.leave();

        assertThat(slots.take(Controls.calm())).isSameAs(second);
    }

    @Test
    void aJobThatNeedsNoDeviceLeavesTheFirstOneToOthers() {
        DeviceSlots slots = slots("cuda:0", "cpu");

        assertThat(slots.takeLast(Controls.calm()).setting()).isEqualTo("cpu");
        assertThat(slots.takeLast(Controls.calm()).setting()).isEqualTo("cuda:0");
    }

    @Test
    void whoFindsNoneFreeWaitsForOne() {
        DeviceSlots slots = slots("cpu");
        DeviceSlot only = slots.take(Controls.calm());
        CompletableFuture<DeviceSlot> next = CompletableFuture.supplyAsync(() -> slots.take(Controls.calm()));
        await().during(Duration.ofMillis(300)).until(() -> !next.isDone());
        only.leave();

        assertThat(next).succeedsWithin(Duration.ofSeconds(10)).isSameAs(only);
    }

    private static DeviceSlots slots(String... devices) {
        DeviceSettings settings = new DeviceSettings(List.of(devices));
        return new DeviceSlots(settings, EngineSettings.STANDARD, OnnxSettings.STANDARD);
    }
}
