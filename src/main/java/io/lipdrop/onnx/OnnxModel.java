package io.lipdrop.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One network, opened once and run many times; safe to run from several threads. */
public final class OnnxModel implements AutoCloseable {
    /** Out-of-memory messages of the runtime, CUDA, cuDNN and cuBLAS. */
    private static final List<String> NO_MEMORY = List.of(
            "allocate memory",
            "out of memory",
            "bad_alloc",
            "std::bad_array_new_length",
            "cuda failure 2:",
            "alloc_failed",
            "allocation_failed",
            "is smaller than requested bytes");

    private static final Logger log = LoggerFactory.getLogger(OnnxModel.class);
    private static final int SECONDS_TO_END = 10;

    private final Path file;
    private final OrtSession session;
    private final Device device;
    private final Ports ports;
    /** Read lock for runs, write lock for closing: freeing a session during a run crashes the process. */
    final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

    private OnnxModel(Path file, OrtSession session, Device device) throws OrtException {
        this.file = file;
        this.session = session;
        this.device = device;
        this.ports = Ports.of(session);
    }

    /** Opens a model that runs on one thread of the device: for the small networks that run once per frame. */
    public static OnnxModel open(Path file, Device device) {
        return open(file, device, 1);
    }

    /**
     * Opens a model. If a GPU rejects it, it runs on the CPU: see {@link #device}.
     *
     * @param threads threads of one run on the CPU
     * @throws OnnxException if the file is missing, is not a model, or does not fit into memory
     */
    public static OnnxModel open(Path file, Device device, int threads) {
        if (!Files.isRegularFile(file)) {
            throw new OnnxException(OnnxException.Kind.MISSING, "The model " + file + " does not exist.");
        }
        try {
            return opened(file, device, threads, OptLevel.ALL_OPT);
        } catch (OrtException e) {
            OnnxException failure = failure(file, "cannot be opened", e);
            if (device.isCpu() || failure.kind() == OnnxException.Kind.OUT_OF_MEMORY) {
                throw failure;
            }
            return open(file, Device.cpu(device.name() + " refused the model: " + Cuda.reason(e)), threads);
        }
    }

    /**
     * The inputs and outputs of a model: opened on the CPU without optimisation, and closed again.
     *
     * @throws OnnxException if it is not a model or does not fit into memory
     */
    public static Ports look(Path file) {
        try (OnnxModel model = opened(file, Device.CPU, 1, OptLevel.NO_OPT)) {
            return model.ports;
        } catch (OrtException e) {
            throw failure(file, "cannot be opened", e);
        }
    }

    private static OnnxModel opened(Path file, Device device, int threads, OptLevel optimizing) throws OrtException {
        ExternalData.requireInFolderOf(file);
        Natives.unpack();
        try (SessionOptions options = new SessionOptions()) {
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.setOptimizationLevel(optimizing);
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Spinning threads take CPU time from the encoder: 6 instead of 15 fps on two busy cores.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            if (device.isCpu()) {
                options.addCPU(true);
            } else {
                Cuda.add(options, device.card(), device.memoryBytes());
            }
            OrtSession session = Environment.get().createSession(file.toString(), options);
            return new OnnxModel(file, session, device);
        }
    }

    /** The device on which it runs. */
    public Device device() {
        return device;
    }

    public Ports ports() {
        return ports;
    }

    /** A float buffer that {@link #run} reads without copying: direct and in native order. */
    public static FloatBuffer buffer(int floats) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /**
     * Runs the model on one input and returns all its floating-point outputs, flattened, by name.
     *
     * @param data the input from its position to its limit, made by {@link #buffer}; free again on return
     * @throws OnnxException if the model rejects the input or memory runs out
     */
    public Map<String, float[]> run(String input, FloatBuffer data, long... shape) {
        if (!data.isDirect() || data.order() != ByteOrder.nativeOrder()) {
            throw new IllegalArgumentException("Model input is a direct buffer in native order");
        }
        use.readLock().lock();
        try (OnnxTensor tensor = OnnxTensor.createTensor(Environment.get(), data, shape);
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            Map<String, float[]> outputs = new HashMap<>();
            for (Map.Entry<String, OnnxValue> entry : result) {
                if (entry.getValue() instanceof OnnxTensor output) {
                    FloatBuffer values = output.getFloatBuffer();
                    if (values != null) {
                        outputs.put(entry.getKey(), values.array());
                    }
                }
            }
            return outputs;
        } catch (OrtException e) {
            throw failure("failed", e);
        } finally {
            use.readLock().unlock();
        }
    }

    /** Runs the model with input and output tensors in our memory. */
    void run(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) throws OrtException {
        use.readLock().lock();
        try {
            session.run(inputs, outputs).close();
        } finally {
            use.readLock().unlock();
        }
    }

    OnnxException failure(String what, OrtException e) {
        return failure(file, what, e);
    }

    /** Waits for a run to end; if it does not, its memory is not freed. */
    @Override
    public void close() {
        try {
            if (!use.writeLock().tryLock(SECONDS_TO_END, TimeUnit.SECONDS)) {
                log.warn("{} is still running and stays open", file.getFileName());
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            session.close();
        } catch (OrtException e) {
            log.warn("{} cannot be closed: {}", file.getFileName(), e.getMessage());
        } finally {
            use.writeLock().unlock();
        }
    }

    private static OnnxException failure(Path file, String how, OrtException e) {
        String what = "The model " + file.getFileName() + " " + how + ": ";
        String reason = String.valueOf(e.getMessage());
        String lower = reason.toLowerCase(Locale.ROOT);
        return NO_MEMORY.stream().anyMatch(lower::contains)
                ? new OnnxException(OnnxException.Kind.OUT_OF_MEMORY, what + "not enough memory on the device.", e)
                : new OnnxException(OnnxException.Kind.INVALID, what + reason, e);
    }
}
