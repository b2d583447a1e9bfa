package io.lipdrop.sync;

import io.lipdrop.job.Folders;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.onnx.OnnxException;
import io.lipdrop.onnx.OnnxModel;
import io.lipdrop.onnx.Ports;
import io.lipdrop.sync.neural.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The lip-sync models in {@code models/}: each file is opened once, when it appears or changes, and recognised by what it is. */
@Component
class ModelFolder implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(ModelFolder.class);
    private static final long SECONDS_BETWEEN_LOOKS = 5;
    /** A file that changed this recently may still be being copied. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    /** One that could not be opened may be complete now, or readable, or there may be memory for it. */
    private static final Duration TRIED_AGAIN = Duration.ofMinutes(1);

    private static final int MOST_SECONDS_TO_SETTLE = 60;

    private final Folders folders;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "lipdrop-models");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Instant> triedInVain = new HashMap<>();
    private volatile Map<String, ModelFile> files = Map.of();

    ModelFolder(Folders folders) {
        this.folders = folders;
    }

    /** From now on looks by itself, without holding up anything. */
    @EventListener(ApplicationReadyEvent.class)
    void watch() {
        var unused = watch.scheduleWithFixedDelay(
                () -> look(Instant.now().minus(SETTLED)), 0, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
    }

    /** What was there at the last look, by name. */
    List<ModelFile> known() {
        return List.copyOf(files.values());
    }

    /** What is there now, by name. A file that cannot be used and was just changed may still be being copied: it is waited for. */
    List<ModelFile> look() {
        look(Instant.MAX);
        for (int i = 0; i < MOST_SECONDS_TO_SETTLE && files.values().stream().anyMatch(ModelFolder::mayBeInCopy); i++) {
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MachineUnfit("Lipdrop is stopping", e);
            }
            look(Instant.MAX);
        }
        return known();
    }

    private static boolean mayBeInCopy(ModelFile file) {
        Duration age =
                Duration.between(file.changed().toInstant(), Instant.now()).abs();
        return !file.isUsable() && age.compareTo(SETTLED) < 0;
    }

    private synchronized void look(Instant before) {
        try (Stream<Path> list = Files.list(folders.models())) {
            Map<String, ModelFile> now = new TreeMap<>();
            List<Path> all = list.sorted().toList();
            for (Path path : all) {
                if (isForeign(path)) {
                    seen(path, all, before).ifPresent(file -> now.put(file.name(), file));
                }
            }
            files = now;
        } catch (IOException | UncheckedIOException e) {
            log.warn("models/ cannot be read: {}", e.toString());
        }
    }

    private static boolean isForeign(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(".onnx") && !EngineModels.ALL.contains(name) && Files.isRegularFile(path);
    }

    /** What a file is: as it was known, or opened anew; nothing where it changed too recently, or has just gone. */
    private Optional<ModelFile> seen(Path path, List<Path> all, Instant before) {
        ModelFile file;
        try {
            file = unopened(path, all);
        } catch (IOException e) {
            return Optional.empty();
        }
        ModelFile last = files.get(file.name());
        if (last != null && last.isSameAs(file) && !isToBeTriedAgain(last)) {
            return Optional.of(last);
        }
        if (!file.changed().toInstant().isBefore(before)) {
            return Optional.empty();
        }
        ModelFile now = opened(file);
        if (last == null || !last.problem().equals(now.problem()) || now.isUsable()) {
            tell(now);
        }
        return Optional.of(now);
    }

    private boolean isToBeTriedAgain(ModelFile file) {
        Instant tried = triedInVain.get(file.name());
        return tried != null && tried.plus(TRIED_AGAIN).isBefore(Instant.now());
    }

    /** A file with those that begin with its whole name, where exporters put the weights. */
    private static ModelFile unopened(Path path, List<Path> all) throws IOException {
        List<Path> parts = all.stream()
                .filter(other -> String.valueOf(other.getFileName()).startsWith(String.valueOf(path.getFileName())))
                .filter(Files::isRegularFile)
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
                    .orElseGet(() -> file.unusable("it is no lip-sync model that is known here; it makes %s of %s"
                            .formatted(ports.outputs(), ports.inputs())));
        } catch (OnnxException e) {
            triedInVain.put(file.name(), Instant.now());
            return file.unusable(String.valueOf(e.getMessage()));
        }
    }

    private static void tell(ModelFile file) {
        Network network = file.network();
        if (network == null) {
            log.warn("models/{} cannot be used, model-invalid: {}", file.name(), file.problem());
        } else {
            log.info("models/{} is there: {}", file.name(), network.family().label());
        }
    }

    @Override
    public void destroy() {
        watch.shutdownNow();
    }
}
