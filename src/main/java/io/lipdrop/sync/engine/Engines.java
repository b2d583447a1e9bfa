package io.lipdrop.sync.engine;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Options;
import io.lipdrop.onnx.OnnxException;
import io.lipdrop.stage.EngineCheck;
import io.lipdrop.stage.EngineStatus;
import io.lipdrop.sync.control.Heartbeat;
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

/** The engines that are there, and the one that a job asks for. */
@Component
public class Engines implements EngineCheck, EngineStatus {
    private static final Logger log = LoggerFactory.getLogger(Engines.class);
    private static final Duration BEAT = Duration.ofSeconds(2);
    private static final int MAX_BEATS = 150;

    private final ShippedModels models;
    private final DeviceSlots workplaces;
    private final FirstLook firstLook;
    private final ModelFolder folder;
    private final EngineSettings settings;

    public Engines(
            ShippedModels models,
            DeviceSlots workplaces,
            FirstLook firstLook,
            ModelFolder folder,
            EngineSettings settings) {
        this.models = models;
        this.workplaces = workplaces;
        this.firstLook = firstLook;
        this.folder = folder;
        this.settings = settings;
    }

    /** Looks for a graphics card at once, but in a thread of its own: its libraries may first have to be unpacked. */
    @EventListener(ApplicationReadyEvent.class)
    void findDevice() {
        Thread thread = new Thread(workplaces::findDevices, "lipdrop-device");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * The engine that the options ask for, open, at a free workplace.
     *
     * @param beat called now and then while a large model is copied, read or opened; what it throws ends that
     * @throws Failure {@code model-missing}, {@code model-invalid} or {@code out-of-memory}
     */
    public Engine open(Options options, Runnable beat) {
        Heartbeat heartbeat = new Heartbeat(beat, BEAT, MAX_BEATS);
        try {
            EngineRequest wanted = wanted(options);
            Choice choice = choice(wanted, beat);
            DeviceSlot place = choice.networks.isEmpty() ? workplaces.takeLast() : workplaces.take();
            try {
                return opened(choice, wanted.isAuto(), place, beat);
            } catch (RuntimeException | Error e) {
                place.leave();
                throw e;
            }
        } finally {
            heartbeat.close();
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

    private Engine opened(Choice choice, boolean isAuto, DeviceSlot place, Runnable beat) {
        List<String> warnings = new ArrayList<>();
        for (ModelFile file : choice.networks) {
            try {
                WarmModel.Loaded loaded = place.warm().acquire(file, place.device(), beat);
                return new NeuralEngine(place, loaded, settings.batch(), warnings);
            } catch (OnnxException e) {
                if (e.kind() == OnnxException.Kind.INVALID) {
                    folder.failed(file, String.valueOf(e.getMessage()));
                }
                // A card that is full for a moment is no reason for another mouth: the job is tried again.
                boolean isCardFull = e.kind() == OnnxException.Kind.OUT_OF_MEMORY
                        && !place.device().isCpu();
                if (!isAuto || isCardFull) {
                    throw Diagnosis.ofModel(e);
                }
                log.warn("models/{} is passed over: {}", file.name(), e.getMessage());
                warnings.add(file.name() + " was passed over: " + e.getMessage());
            }
        }
        warnings.addAll(choice.warnings);
        return new WarpEngine(models, place, firstLook, warnings);
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
        return workplaces.count();
    }

    @Override
    public List<Runner> runners() {
        return workplaces.runners();
    }

    @Override
    public List<Model> models() {
        return folder.known().stream().map(Engines::told).toList();
    }

    private static Model told(ModelFile file) {
        Network network = file.network();
        return network == null
                ? new Model(file.name(), file.bytes(), null, null, FailureCode.MODEL_INVALID, file.problem())
                : new Model(file.name(), file.bytes(), network.family().label(), network.side(), null, null);
    }
}
