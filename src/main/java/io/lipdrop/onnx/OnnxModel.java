package io.lipdrop.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One network, opened once and run many times; safe to run from several threads. */
public final class OnnxModel implements AutoCloseable {
    private final Path file;
    private final OrtSession session;

    private OnnxModel(Path file, OrtSession session) {
        this.file = file;
        this.session = session;
    }

    /** Opens a model that runs on one thread of the device: right for the small networks that run once a frame. */
    public static OnnxModel open(Path file, Device device) {
        return open(file, device, 1);
    }

    /**
     * Opens a model.
     *
     * @param threads threads that one run may use on the processor
     * @throws OnnxException if the file is missing, is no model, or does not fit into memory
     */
    public static OnnxModel open(Path file, Device device, int threads) {
        if (!Files.isRegularFile(file)) {
            throw new OnnxException(OnnxException.Kind.MISSING, "The model " + file + " is not there.");
        }
        try (SessionOptions options = new SessionOptions()) {
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Waiting threads that spin take the cores from the encoder: 6 against 15 fps on two busy cores.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            prepare(options, device);
            return new OnnxModel(file, OrtEnvironment.getEnvironment().createSession(file.toString(), options));
        } catch (OrtException e) {
            throw failure("The model " + file.getFileName() + " cannot be opened", e);
        }
    }

    /** The seam for other devices: adds what the device needs to the options. */
    private static void prepare(SessionOptions options, Device device) throws OrtException {
        if (device.name().equals("cpu")) {
            options.addCPU(true);
        }
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
     * @throws OnnxException if the model refuses the input or memory runs out
     */
    public Map<String, float[]> run(String input, FloatBuffer data, long... shape) {
        if (!data.isDirect() || data.order() != ByteOrder.nativeOrder()) {
            throw new IllegalArgumentException("Model input is a direct buffer in native order");
        }
        try (OnnxTensor tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), data, shape);
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
            throw failure("The model " + file.getFileName() + " failed", e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw failure("The model " + file.getFileName() + " cannot be closed", e);
        }
    }

    private static OnnxException failure(String what, OrtException e) {
        String reason = String.valueOf(e.getMessage());
        String lower = reason.toLowerCase(Locale.ROOT);
        boolean full =
                lower.contains("allocate memory") || lower.contains("out of memory") || lower.contains("bad_alloc");
        return full
                ? new OnnxException(OnnxException.Kind.OUT_OF_MEMORY, what + ": not enough memory on the device.", e)
                : new OnnxException(OnnxException.Kind.INVALID, what + ": " + reason, e);
    }
}
