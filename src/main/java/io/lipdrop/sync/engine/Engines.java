package io.lipdrop.sync.engine;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Options;
import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxException;
import io.lipdrop.stage.EngineCheck;
import io.lipdrop.stage.EngineStatus;
import io.lipdrop.sync.control.Heartbeat;
import io.lipdrop.sync.control.JobControl;
import io.lipdrop.sync.model.ModelFile;
import io.lipdrop.sync.model.ModelFolder;
import io.lipdrop.sync.model.ShippedModels;
import io.lipdrop.sync.model.WarmModel;
import io.lipdrop.sync.neural.Network;
import io.lipdrop.sync.render.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The available engines, and the one that a job asks for. */
@Component
public class Engines implements EngineCheck, EngineStatus {
    private static final Logger log = LoggerFactory.getLogger(Engines.class);
    private static final Duration BEAT = Duration.ofSeconds(2);
    private static final int MAX_BEATS = 150;

    private final ShippedModels models;
    private final DeviceSlots slots;
    private final FirstLook firstLook;
    private final ModelFolder folder;
    private final EngineSettings settings;

    public Engines(
            ShippedModels models, DeviceSlots slots, FirstLook firstLook, ModelFolder folder, EngineSettings settings) {
        this.models = models;
        this.slots = slots;
        this.firstLook = firstLook;
        this.folder = folder;
        this.settings = settings;
    }

    /** Unpacks the runtime and looks for a GPU at the start, in a separate thread: both take seconds. */
    @EventListener(ApplicationReadyEvent.class)
    void findDevice() {
        Thread thread = new Thread(this::prepareDevices, "lipdrop-device");
        thread.setDaemon(true);
        thread.start();
    }

    private void prepareDevices() {
        Device.prepare();
        slots.findDevices();
    }

    /**
     * The engine that the options ask for, open, on a free device. A job that is ended meanwhile does not wait for a network that is
     * being opened: it is kept warm for the next.
     *
     * @throws Failure {@code model-missing}, {@code model-invalid} or {@code out-of-memory}
     */
    public Engine open(Options options, JobControl control) {
        Heartbeat heartbeat = control.heartbeat(BEAT, MAX_BEATS);
        try {
            return control.detached("lipdrop-open", () -> openNow(options, control), Engine::close);
        } finally {
            heartbeat.close();
        }
    }

    private Engine openNow(Options options, JobControl control) {
        EngineRequest wanted = wanted(options);
        Choice choice = choice(wanted, control::beatOrEnd);
        DeviceSlot slot = choice.networks.isEmpty() ? slots.takeLast(control) : slots.take(control);
        try {
            return opened(choice, wanted.isAuto(), slot, control::beatOrEnd);
        } catch (RuntimeException | Error e) {
            slot.leave();
            throw e;
        }
    }

    /**
     * What to draw with.
     *
     * @param networks to be tried in this order; none: the engine that is always there
     * @param warnings what to say where none of them is used
     */
    private record Choice(List<ModelFile> networks, List<String> warnings) {}

    private Choice choice(EngineRequest wanted, Runnable beat) {
        if (wanted.isWarp()) {
            return new Choice(List.of(), List.of());
        }
        List<ModelFile> there = folder.look();
        if (wanted.among(there).isEmpty()) {
            there = folder.lookWhenSettled(wanted::mayBe, beat);
        }
        List<ModelFile> networks = wanted.among(there);
        if (networks.isEmpty() && !wanted.isAuto()) {
            throw wanted.missingIn(there);
        }
        List<String> warnings = there.stream()
                .filter(file -> !file.isUsable())
                .map(file -> file.name() + " cannot be used: " + file.problem())
                .toList();
        return new Choice(networks, warnings);
    }

    private Engine opened(Choice choice, boolean isAuto, DeviceSlot slot, Runnable beat) {
        List<String> warnings = new ArrayList<>();
        for (ModelFile file : choice.networks) {
            try {
                WarmModel.Loaded loaded = slot.warm().acquire(file, slot.device(), beat);
                return new NeuralEngine(slot, loaded, settings.batch(), warnings);
            } catch (OnnxException e) {
                if (e.kind() == OnnxException.Kind.INVALID) {
                    folder.failed(file, String.valueOf(e.getMessage()));
                }
                // A card that is full for a moment is no reason for another mouth: the job is tried again.
                boolean isCardFull = e.kind() == OnnxException.Kind.OUT_OF_MEMORY
                        && !slot.device().isCpu();
                if (!isAuto || isCardFull) {
                    throw Diagnosis.ofModel(e);
                }
                log.warn("models/{} skipped: {}", file.name(), e.getMessage());
                warnings.add(file.name() + " was skipped: " + e.getMessage());
            }
        }
        warnings.addAll(choice.warnings);
        return new WarpEngine(models, slot, firstLook, warnings);
    }

    @Override
    public void check(Options options) {
        EngineRequest wanted = wanted(options);
        if (wanted.isWarp() || wanted.isAuto()) {
            return;
        }
        List<ModelFile> there = folder.look();
        boolean mayCome = there.stream().anyMatch(file -> wanted.mayBe(file) && folder.isInCopy(file));
        if (wanted.among(there).isEmpty() && !mayCome) {
            throw wanted.missingIn(there);
        }
    }

    /** What the options say; where they say {@code auto}, what the setting says. */
    private EngineRequest wanted(Options options) {
        EngineRequest wanted = new EngineRequest(Objects.requireNonNullElse(options.engine(), EngineRequest.AUTO));
        return wanted.isAuto() ? new EngineRequest(settings.standard()) : wanted;
    }

    @Override
    public int workers() {
        return slots.count();
    }

    @Override
    public List<Runner> runners() {
        return slots.runners();
    }

    @Override
    public List<Model> models() {
        return folder.known().stream().map(Engines::told).toList();
    }

    @Override
    public String drawsByDefault() {
        EngineRequest standard = wanted(Options.DEFAULTS);
        if (standard.isWarp()) {
            return WarpEngine.NAME;
        }
        return standard.among(folder.known()).stream()
                .findFirst()
                .map(ModelFile::name)
                .orElse(standard.isAuto() ? WarpEngine.NAME : standard.name());
    }

    private static Model told(ModelFile file) {
        Network network = file.network();
        return network == null
                ? new Model(file.name(), file.bytes(), null, null, FailureCode.MODEL_INVALID, file.problem())
                : new Model(file.name(), file.bytes(), network.family().label(), network.side(), null, null);
    }
}
