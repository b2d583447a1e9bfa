package io.lipdrop.sync.model;

import io.lipdrop.files.Checksum;
import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxException;
import io.lipdrop.sync.neural.Network;
import io.lipdrop.sync.neural.NeuralModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The network that was used last, kept open for the next job; one at a time, since they are large. */
public final class WarmModel implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WarmModel.class);

    private final @Nullable Duration idle;
    private final int threads;
    private final Opener opener;
    /** Models that failed on a GPU: they run on the CPU from then on. */
    private final Map<ModelFile, Device> replaced = new HashMap<>();

    private @Nullable Loaded loaded;
    private long uses;
    private volatile @Nullable Device lastDevice;

    /**
     * Keeps one network open.
     *
     * @param idle time without use after which it is closed; null: never
     * @param threads that it may use on the CPU
     */
    public WarmModel(@Nullable Duration idle, int threads) {
        this(idle, threads, NeuralModel::open);
    }

    /** The same, with another way to open a network. */
    public WarmModel(@Nullable Duration idle, int threads, Opener opener) {
        this.idle = idle;
        this.threads = threads;
        this.opener = opener;
    }

    /** Opens a network: {@link NeuralModel#open}. */
    @FunctionalInterface
    public interface Opener {
        NeuralModel open(Path file, Network network, Device device, int threads);
    }

    /** An open network and the file that it came from. */
    public record Loaded(ModelFile file, String sha256, NeuralModel model) {}

    /**
     * The network of this file, opened if it is not open; in use until {@link #release}.
     *
     * @throws OnnxException if it cannot be read or opened
     */
    public synchronized Loaded acquire(ModelFile file, Device device, Runnable beat) {
        uses++;
        Loaded last = loaded;
        if (last != null && last.file.equals(file) && last.model.cardFailure().isEmpty()) {
            return last;
        }
        unload();
        String sha256 = sha256(file, beat);
        NeuralModel model = opener.open(
                file.path(), Objects.requireNonNull(file.network()), replaced.getOrDefault(file, device), threads);
        lastDevice = model.device();
        log.info(
                "models/{} is open on {} ({})",
                file.name(),
                model.device().name(),
                model.device().reason());
        Loaded now = new Loaded(file, sha256, model);
        loaded = now;
        return now;
    }

    /** Ends the use of the network that {@link #acquire} gave. */
    public synchronized void release() {
        if (idle != null) {
            long last = uses;
            CompletableFuture.delayedExecutor(idle.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> unloadUnlessUsedSince(last));
        }
    }

    private synchronized void unloadUnlessUsedSince(long use) {
        if (uses == use) {
            unload();
        }
    }

    /** Whether a network is open, in use or not. */
    public synchronized boolean isLoaded() {
        return loaded != null;
    }

    /** Where the network that was used last runs; it may differ from the setting. */
    public Optional<Device> lastDevice() {
        return Optional.ofNullable(lastDevice);
    }

    @Override
    public synchronized void close() {
        unload();
    }

    private static String sha256(ModelFile file, Runnable beat) {
        try {
            return Checksum.sha256(file.parts(), beat);
        } catch (IOException e) {
            throw OnnxException.unreadable(file.path(), e);
        }
    }

    private void unload() {
        Loaded last = loaded;
        loaded = null;
        if (last != null) {
            last.model.cardFailure().ifPresent(why -> replaced.put(last.file, Device.cpu(why)));
            last.model.close();
            log.info("models/{} is closed", last.file.name());
        }
    }
}
