package io.lipdrop.sync;

import io.lipdrop.onnx.Device;
import io.lipdrop.sync.neural.NeuralModel;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The network that was used last, kept open for the next job; one at a time, since they are large. */
final class WarmModel implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WarmModel.class);

    private final @Nullable Duration idle;
    private final int threads;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "lipdrop-idle");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Loaded loaded;
    private @Nullable Future<?> unloading;

    /**
     * Room for one network.
     *
     * @param idle after so long without use it is closed; null: never
     * @param threads that it may use on the processor
     */
    WarmModel(@Nullable Duration idle, int threads) {
        this.idle = idle;
        this.threads = threads;
    }

    /** An open network and the file that it came from. */
    record Loaded(ModelFile file, String sha256, NeuralModel model) {}

    /**
     * The network of this file, opened unless it is open already; in use until {@link #release}.
     *
     * @throws io.lipdrop.onnx.OnnxException if it cannot be opened
     */
    synchronized Loaded acquire(ModelFile file, Device device, Runnable beat) throws IOException {
        if (unloading != null) {
            unloading.cancel(false);
        }
        Loaded last = loaded;
        if (last != null && last.file.equals(file)) {
            return last;
        }
        close();
        String sha256 = Checksum.sha256(file.path(), beat);
        NeuralModel model = NeuralModel.open(file.path(), Objects.requireNonNull(file.network()), device, threads);
        beat.run();
        log.info(
                "models/{} is open on {} ({})",
                file.name(),
                model.device().name(),
                model.device().reason());
        Loaded now = new Loaded(file, sha256, model);
        loaded = now;
        return now;
    }

    /** It is not used any more, for now. */
    synchronized void release() {
        if (idle != null) {
            unloading = timer.schedule(this::close, idle.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    synchronized boolean isLoaded() {
        return loaded != null;
    }

    @Override
    public synchronized void close() {
        Loaded last = loaded;
        loaded = null;
        if (last != null) {
            last.model.close();
            log.info("models/{} is closed", last.file.name());
        }
    }
}
