package io.lipdrop.sync;

import io.lipdrop.job.EngineStatus.Runner;
import io.lipdrop.job.MachineUnfit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.stream.Stream;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * One workplace for each entry of {@code lipdrop.device}. A job has one for itself while it is drawn: so many jobs run at
 * the same time, and never two on one device that is listed once, whatever the routes do.
 */
@Component
class Workplaces implements DisposableBean {
    private final List<Workplace> all = new ArrayList<>();
    private final BlockingDeque<Workplace> free = new LinkedBlockingDeque<>();

    Workplaces(SyncSettings settings, EngineSettings engine, OnnxSettings onnx) {
        List<String> devices = settings.device();
        Workplace.Common common =
                new Workplace.Common(devices.size(), onnx.memoryLimit().toBytes(), engine.idle(), free::addFirst);
        for (String device : devices) {
            all.add(new Workplace(all.size() + 1, device, common));
        }
        free.addAll(all);
    }

    /** A free workplace, the one that was left last, which is the warmest; it is the caller's until it is left again. */
    Workplace take() {
        try {
            return free.takeFirst();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MachineUnfit("Lipdrop is stopping", e);
        }
    }

    int count() {
        return all.size();
    }

    /** Looks for graphics cards, where that was not done yet. */
    void findDevices() {
        all.forEach(Workplace::device);
    }

    /** The devices that are known, in the order of the setting. */
    List<Runner> runners() {
        return all.stream()
                .map(Workplace::deviceIfKnown)
                .flatMap(Stream::ofNullable)
                .map(device -> new Runner(device.name(), device.reason()))
                .toList();
    }

    @Override
    public void destroy() {
        all.forEach(Workplace::close);
    }
}
