package io.lipdrop.sync.engine;

import io.lipdrop.job.MachineUnfit;
import io.lipdrop.stage.EngineStatus.Runner;
import io.lipdrop.sync.control.JobControl;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * One device slot for each entry of {@code lipdrop.device}. A job has one exclusively while it is drawn: that many jobs run in
 * parallel, and never two on a device that is listed once, whatever the routes do.
 */
@Component
public class DeviceSlots implements DisposableBean {
    private static final long LOOK_MILLIS = 200;

    private final List<DeviceSlot> all = new ArrayList<>();
    /** Those that are free, the one that was left last in front. */
    private final Deque<DeviceSlot> free = new ArrayDeque<>();

    private final Comparator<DeviceSlot> order;

    public DeviceSlots(DeviceSettings settings, EngineSettings engine, OnnxSettings onnx) {
        List<String> devices = settings.device();
        DeviceSlot.Common common =
                new DeviceSlot.Common(devices.size(), onnx.memoryLimit().toBytes(), engine.idle(), this::leave);
        for (String device : devices) {
            all.add(new DeviceSlot(all.size() + 1, device, common));
        }
        free.addAll(all);
        order = Comparator.comparingInt(slot -> devices.indexOf(slot.setting()));
    }

    /**
     * The free device slot whose device comes first in the setting; of several with the same the one that was left last, which is
     * the warmest. It is the caller's until it is left again.
     */
    DeviceSlot take(JobControl control) {
        return take(() -> Collections.min(free, order), control);
    }

    /** The free device slot whose device comes last: for a job that needs none, so that networks get the better ones. */
    DeviceSlot takeLast(JobControl control) {
        return take(() -> Collections.max(free, order), control);
    }

    private synchronized DeviceSlot take(Supplier<DeviceSlot> choice, JobControl control) {
        try {
            while (free.isEmpty()) {
                wait(LOOK_MILLIS);
                control.check();
            }
            DeviceSlot taken = choice.get();
            free.remove(taken);
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MachineUnfit("Lipdrop is stopping", e);
        }
    }

    private synchronized void leave(DeviceSlot slot) {
        free.addFirst(slot);
        notifyAll();
    }

    int count() {
        return all.size();
    }

    /** Looks for graphics cards, where that was not done yet. */
    void findDevices() {
        all.forEach(DeviceSlot::device);
    }

    /** The devices that are known, in the order of the setting. */
    List<Runner> runners() {
        return all.stream()
                .map(DeviceSlot::deviceIfKnown)
                .flatMap(Stream::ofNullable)
                .map(device -> new Runner(device.name(), device.reason()))
                .toList();
    }

    @Override
    public void destroy() {
        all.forEach(DeviceSlot::close);
    }
}
