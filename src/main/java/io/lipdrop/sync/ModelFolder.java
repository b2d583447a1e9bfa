package io.lipdrop.sync;

import io.lipdrop.job.Folders;
import io.lipdrop.onnx.OnnxException;
import io.lipdrop.onnx.OnnxModel;
import io.lipdrop.onnx.Ports;
import io.lipdrop.sync.neural.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    private final Folders folders;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "lipdrop-models");
        thread.setDaemon(true);
        return thread;
    });
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

    /** What is there now, by name. */
    List<ModelFile> look() {
        look(Instant.MAX);
        return known();
    }

    private synchronized void look(Instant before) {
        Map<String, ModelFile> now = new TreeMap<>();
        try (Stream<Path> list = Files.list(folders.models())) {
            for (Path path : list.filter(ModelFolder::isForeign).toList()) {
                BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                String name = String.valueOf(path.getFileName());
                ModelFile last = files.get(name);
                if (last != null && last.isSameAs(attributes.size(), attributes.lastModifiedTime())) {
                    now.put(name, last);
                } else if (attributes.lastModifiedTime().toInstant().isBefore(before)) {
                    now.put(name, recognised(path, attributes));
                }
            }
        } catch (IOException e) {
            log.warn("models/ cannot be read: {}", e.toString());
            return;
        }
        files = now;
    }

    private static boolean isForeign(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(".onnx") && !EngineModels.ALL.contains(name) && Files.isRegularFile(path);
    }

    private static ModelFile recognised(Path path, BasicFileAttributes attributes) {
        ModelFile file;
        try {
            Ports ports = OnnxModel.look(path);
            Network network = Network.of(ports).orElse(null);
            String problem = network != null
                    ? ""
                    : "it is no lip-sync model that is known here; it makes %s of %s"
                            .formatted(ports.outputs(), ports.inputs());
            file = new ModelFile(path, attributes.size(), attributes.lastModifiedTime(), network, problem);
        } catch (OnnxException e) {
            String problem = String.valueOf(e.getMessage());
            file = new ModelFile(path, attributes.size(), attributes.lastModifiedTime(), null, problem);
        }
        if (file.network() == null) {
            log.warn("models/{} cannot be used, model-invalid: {}", file.name(), file.problem());
        } else {
            log.info(
                    "models/{} is there: {}",
                    file.name(),
                    file.network().family().label());
        }
        return file;
    }

    @Override
    public void destroy() {
        watch.shutdownNow();
    }
}
