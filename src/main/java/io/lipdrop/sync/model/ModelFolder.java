package io.lipdrop.sync.model;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.lipdrop.home.Folders;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.onnx.OnnxException;
import io.lipdrop.onnx.OnnxModel;
import io.lipdrop.onnx.Ports;
import io.lipdrop.stage.LookThread;
import io.lipdrop.sync.neural.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The lip-sync models in {@code models/}: each file is opened once, when it appears or changes, and recognised by what it is. */
@Component
public class ModelFolder implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(ModelFolder.class);
    private static final long SECONDS_BETWEEN_LOOKS = 5;
    /** One that could not be opened may be complete now, or readable, or there may be memory for it. */
    private static final Duration TRIED_AGAIN = Duration.ofMinutes(1);

    private static final int MAX_SECONDS_TO_SETTLE = 60;

    private final Folders folders;
    private final ScheduledExecutorService scheduler;
    private final LookThread thread = new LookThread("lipdrop-models");
    private @Nullable ScheduledFuture<?> looks;
    private final Clock clock;
    private final StableFiles stable;
    private final Map<String, Instant> triedInVain = new HashMap<>();
    private volatile Map<String, ModelFile> files = Map.of();

    public ModelFolder(Folders folders, Clock clock, ScheduledExecutorService scheduler) {
        this.folders = folders;
        this.clock = clock;
        this.scheduler = scheduler;
        this.stable = new StableFiles(clock);
    }

    /** Starts to look at the folder periodically, without blocking anything. */
    @EventListener(ApplicationReadyEvent.class)
    public void watch() {
        looks = scheduler.scheduleWithFixedDelay(
                () -> thread.begin(this::lookAtWhatHasSettled), 0, SECONDS_BETWEEN_LOOKS, SECONDS);
    }

    /** What was there at the last look, by name. */
    public List<ModelFile> known() {
        return List.copyOf(files.values());
    }

    private void lookAtWhatHasSettled() {
        try {
            look(false);
        } catch (RuntimeException | Error e) { // it is looked at again
            log.warn("models/ cannot be read", e);
        }
    }

    /** What is there now, by name. */
    public List<ModelFile> look() {
        look(true);
        return known();
    }

    /**
     * The same, but a file that is wanted and cannot be used is waited for while it still changes.
     *
     * @param beat called every second; what it throws ends the wait
     * @throws MachineUnfit if it changes for too long
     */
    public List<ModelFile> lookWhenSettled(Predicate<ModelFile> wanted, Runnable beat) {
        List<ModelFile> there = look();
        for (int second = 0; there.stream().filter(wanted).anyMatch(this::isInCopy); second++) {
            if (second == MAX_SECONDS_TO_SETTLE) {
                throw new MachineUnfit("files in models/ are still being copied");
            }
            try {
                SECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MachineUnfit("Lipdrop is stopping", e);
            }
            beat.run();
            there = look();
        }
        return there;
    }

    /** Whether it cannot be used, but has only just changed. */
    public boolean isInCopy(ModelFile file) {
        return !file.isUsable() && !stable.isStable(file);
    }

    /** A file turned out to be unusable when it ran; it is not tried again for a while. */
    public synchronized void failed(ModelFile file, String why) {
        Map<String, ModelFile> now = new TreeMap<>(files);
        now.replace(file.name(), file.unusable(why));
        files = now;
        triedInVain.put(file.name(), clock.instant());
    }

    private synchronized void look(boolean isHurried) {
        try (Stream<Path> list = Files.list(folders.models())) {
            Map<String, ModelFile> now = new TreeMap<>();
            for (Path path : list.filter(ModelFolder::isForeign).toList()) {
                seen(path, isHurried).ifPresent(file -> now.put(file.name(), file));
            }
            files = now;
        } catch (IOException | UncheckedIOException e) {
            log.warn("models/ cannot be read: {}", e.toString());
        }
    }

    private static boolean isForeign(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(".onnx") && !ShippedModels.ALL.contains(name) && Files.isRegularFile(path);
    }

    /** A file's description, known or new; null if it is too new, or was just deleted. */
    private Optional<ModelFile> seen(Path path, boolean isHurried) {
        ModelFile file;
        try {
            file = unopened(path);
        } catch (IOException e) {
            return Optional.empty();
        }
        ModelFile last = files.get(file.name());
        if (last != null && last.isSameAs(file) && !isToBeTriedAgain(last)) {
            return Optional.of(last);
        }
        if (!stable.isStable(file) && !isHurried) {
            return Optional.ofNullable(last);
        }
        ModelFile now = opened(file);
        if (last == null || !last.problem().equals(now.problem()) || now.isUsable()) {
            tell(now);
        }
        return Optional.of(now);
    }

    private boolean isToBeTriedAgain(ModelFile file) {
        Instant tried = triedInVain.get(file.name());
        return tried != null && tried.plus(TRIED_AGAIN).isBefore(clock.instant());
    }

    /** A file with that in which exporters put the weights, where there is one. */
    private static ModelFile unopened(Path path) throws IOException {
        List<Path> parts = Stream.of("", ".data", "_data")
                .map(ending -> path.resolveSibling(path.getFileName() + ending))
                .filter(part -> part.equals(path) || Files.isRegularFile(part))
                .toList();
        long bytes = 0;
        FileTime changed = FileTime.from(Instant.EPOCH);
        for (Path part : parts) {
            BasicFileAttributes attributes = Files.readAttributes(part, BasicFileAttributes.class);
            bytes += attributes.size();
            changed = changed.compareTo(attributes.lastModifiedTime()) > 0 ? changed : attributes.lastModifiedTime();
        }
        return new ModelFile(parts, bytes, changed, null, "");
    }

    private ModelFile opened(ModelFile file) {
        triedInVain.remove(file.name());
        try {
            Ports ports = OnnxModel.look(file.path());
            return Network.of(ports)
                    .map(file::recognisedAs)
                    .orElseGet(
                            () -> file.unusable("it is not a supported lip-sync model: it has outputs %s and inputs %s"
                                    .formatted(ports.outputs(), ports.inputs())));
        } catch (OnnxException e) {
            triedInVain.put(file.name(), clock.instant());
            return file.unusable(String.valueOf(e.getMessage()));
        }
    }

    private static void tell(ModelFile file) {
        Network network = file.network();
        if (network == null) {
            log.warn("models/{} cannot be used, model-invalid: {}", file.name(), file.problem());
        } else {
            log.info("models/{} recognised: {}", file.name(), network.family().label());
        }
    }

    @Override
    public void destroy() {
        if (looks != null) {
            looks.cancel(false);
        }
        thread.close();
    }
}
