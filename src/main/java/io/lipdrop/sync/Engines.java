package io.lipdrop.sync;

import io.lipdrop.job.EngineCheck;
import io.lipdrop.job.EngineStatus;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Options;
import io.lipdrop.media.Ffmpeg;
import io.lipdrop.onnx.OnnxException;
import io.lipdrop.sync.neural.Family;
import io.lipdrop.sync.neural.Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The engines that are there, and the one that a job asks for. */
@Component
class Engines implements EngineCheck, EngineStatus {
    private static final Logger log = LoggerFactory.getLogger(Engines.class);
    private static final String AUTO = "auto";
    private static final Duration BEAT = Duration.ofSeconds(2);
    private static final int MOST_BEATS = 150;

    private final EngineModels models;
    private final Workplaces workplaces;
    private final Ffmpeg ffmpeg;
    private final ModelFolder folder;
    private final EngineSettings settings;

    Engines(EngineModels models, Workplaces workplaces, Ffmpeg ffmpeg, ModelFolder folder, EngineSettings settings) {
        this.models = models;
        this.workplaces = workplaces;
        this.ffmpeg = ffmpeg;
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
     * @param beat called now and then while a large model is opened
     * @throws Failure {@code model-missing}, {@code model-invalid} or {@code out-of-memory}
     */
    Engine open(Options options, Runnable beat) {
        Heartbeat heartbeat = new Heartbeat(beat, BEAT, MOST_BEATS);
        try {
            Workplace place = workplaces.take();
            try {
                return opened(options, place, beat);
            } catch (RuntimeException | Error e) {
                place.leave();
                throw e;
            }
        } finally {
            heartbeat.close();
        }
    }

    private Engine opened(Options options, Workplace place, Runnable beat) {
        String wanted = wanted(options);
        if (wanted.equals(WarpEngine.NAME)) {
            return new WarpEngine(models, place, ffmpeg, List.of());
        }
        if (wanted.equals(AUTO)) {
            return best(place, beat);
        }
        ModelFile file = find(wanted);
        try {
            return neural(file, place, beat);
        } catch (OnnxException e) {
            throw Causes.ofModel(e);
        }
    }

    @Override
    public void check(Options options) {
        String wanted = wanted(options);
        if (!wanted.equals(WarpEngine.NAME) && !wanted.equals(AUTO)) {
            find(wanted);
        }
    }

    /** What the options say; where they say {@code auto}, what the setting says. */
    private String wanted(Options options) {
        String wanted = Objects.requireNonNullElse(options.engine(), AUTO);
        return wanted.equals(AUTO) ? settings.standard() : wanted;
    }

    /** The best network that can be opened, else the engine that is always there. */
    private Engine best(Workplace place, Runnable beat) {
        List<ModelFile> there = folder.look();
        List<String> warnings = new ArrayList<>();
        for (ModelFile file : usable(there)) {
            try {
                return neural(file, place, beat);
            } catch (OnnxException e) {
                log.warn("models/{} is passed over: {}", file.name(), e.getMessage());
                warnings.add(file.name() + " was passed over: " + e.getMessage());
            }
        }
        there.stream()
                .filter(file -> !file.isUsable())
                .forEach(file -> warnings.add(file.name() + " cannot be used: " + file.problem()));
        return new WarpEngine(models, place, ffmpeg, warnings);
    }

    private Engine neural(ModelFile file, Workplace place, Runnable beat) {
        return new NeuralEngine(place, place.warm().acquire(file, place.device(), beat), settings.batch());
    }

    private ModelFile find(String wanted) {
        List<ModelFile> there = folder.look();
        Optional<ModelFile> named =
                there.stream().filter(file -> file.name().equals(wanted)).findFirst();
        if (named.isPresent()) {
            ModelFile file = named.get();
            if (!file.isUsable()) {
                throw new Failure(FailureCode.MODEL_INVALID, wanted + " cannot be used: " + file.problem());
            }
            return file;
        }
        Family family = Arrays.stream(Family.values())
                .filter(each -> each.label().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new Failure(
                        FailureCode.MODEL_MISSING,
                        "There is no engine or model %s; engine can be auto, warp, wav2lip, edtalk or a file in models/."
                                .formatted(wanted)));
        return usable(there).stream()
                .filter(file -> file.family() == family)
                .findFirst()
                .orElseThrow(() -> new Failure(
                        FailureCode.MODEL_MISSING,
                        "The engine %s was asked for, but models/ has no model for it%s."
                                .formatted(wanted, unusable(there))));
    }

    private static String unusable(List<ModelFile> there) {
        List<String> names = there.stream()
                .filter(file -> !file.isUsable())
                .map(ModelFile::name)
                .toList();
        return names.isEmpty() ? "" : " (not usable: " + String.join(", ", names) + ")";
    }

    private static List<ModelFile> usable(List<ModelFile> there) {
        return there.stream()
                .filter(ModelFile::isUsable)
                .sorted(ModelFile.BEST_FIRST)
                .toList();
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
