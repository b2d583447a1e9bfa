package io.lipdrop.sync.engine;

import io.lipdrop.onnx.Device;
import io.lipdrop.sync.model.WarmModel;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Where one worker draws: a device, and the network that was used last on it, still open. One job at a time is at it. */
final class DeviceSlot implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DeviceSlot.class);

    private final int number;
    private final String setting;
    private final Common common;
    private final WarmModel warm;
    private volatile @Nullable Device device;

    /**
     * A device slot.
     *
     * @param number its slot in the setting, from 1
     * @param setting what device it has
     */
    DeviceSlot(int number, String setting, Common common) {
        this.number = number;
        this.setting = setting;
        this.common = common;
        int threads = Runtime.getRuntime().availableProcessors() / common.count();
        this.warm = new WarmModel(common.idle(), Math.max(1, threads));
    }

    /**
     * What is the same for all slots.
     *
     * @param count number of slots: each has that fraction of the CPU cores and the heap
     * @param memoryLimit how much of a GPU's memory a network may use, 0 for all
     * @param idle time without a job after which a network is closed; null: never
     * @param leave takes a device slot back that a job has left
     */
    record Common(int count, long memoryLimit, @Nullable Duration idle, Consumer<DeviceSlot> leave) {}

    /** What the setting says of its device. */
    String setting() {
        return setting;
    }

    /** The device for large networks; the small ones run on the CPU, which processes the frames anyway. */
    synchronized Device device() {
        Device chosen = device;
        if (chosen == null) {
            chosen = Device.choose(setting, common.memoryLimit());
            device = chosen;
            boolean isReplaced = chosen.isCpu() && chosen.reason().startsWith("cuda");
            String who = common.count() == 1 ? "Models" : "Worker " + number + ": models";
            log.atLevel(isReplaced ? Level.WARN : Level.INFO)
                    .log("{} run on {}: {}", who, chosen.name(), chosen.reason());
        }
        return chosen;
    }

    /** The device, once it was needed: where the last network ran, which may be the CPU if a GPU failed. */
    @Nullable
    Device deviceIfKnown() {
        return warm.lastDevice().orElse(device);
    }

    WarmModel warm() {
        return warm;
    }

    /** Among how many slots this machine is divided. */
    int count() {
        return common.count();
    }

    /** The job has ended: another may take this slot. */
    void leave() {
        common.leave().accept(this);
    }

    @Override
    public void close() {
        warm.close();
    }
}
