package io.lipdrop.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The inputs and outputs of one model for a batch of items, in reused memory that the runtime reads and writes directly. One
 * owner at a time.
 */
public final class TensorBatch {
    private final OnnxModel model;
    private final int capacity;
    private final int fixed;
    private final Map<String, Slots> inputs = new LinkedHashMap<>();
    private final Map<String, Slots> outputs = new LinkedHashMap<>();

    /**
     * Memory for at least this many items; a multiple of a fixed batch size.
     *
     * @param itemShapes of the model's inputs and the required outputs: the shape of one item, without the batch
     */
    public TensorBatch(OnnxModel model, int items, Map<String, List<Long>> itemShapes) {
        this.model = model;
        Ports ports = model.ports();
        this.fixed = ports.ownBatch();
        this.capacity = fixed > 0 ? (items + fixed - 1) / fixed * fixed : items;
        for (Port port : ports.inputs()) {
            inputs.put(port.name(), slots(port, itemShapes));
        }
        for (Port port : ports.outputs()) {
            if (itemShapes.containsKey(port.name())) {
                outputs.put(port.name(), slots(port, itemShapes));
            }
        }
    }

    private Slots slots(Port port, Map<String, List<Long>> itemShapes) {
        List<Long> shape = Objects.requireNonNull(itemShapes.get(port.name()), port.name());
        return new Slots(shape, capacity, port.kind() == Port.Kind.FLOAT16);
    }

    /** The capacity in items. */
    public int capacity() {
        return capacity;
    }

    /** The values of an input, item after item; written by index. */
    public FloatBuffer input(String name) {
        return Objects.requireNonNull(inputs.get(name), name).values();
    }

    /** The values of an output, item after item; read by index, valid until the next run. */
    public FloatBuffer output(String name) {
        return Objects.requireNonNull(outputs.get(name), name).values();
    }

    /**
     * Runs the model on some of the items; the others keep their values. A model with a fixed batch also runs on the unused
     * places of its batch.
     *
     * @param first the first item; a multiple of a fixed batch size
     * @throws OnnxException if the model rejects the items or memory runs out
     */
    public void run(int first, int count) {
        int step = fixed > 0 ? fixed : count;
        for (int at = first; at < first + count; at += step) {
            runOnce(at, step);
        }
    }

    private void runOnce(int first, int count) {
        Map<String, OnnxTensor> in = new HashMap<>();
        Map<String, OnnxTensor> out = new HashMap<>();
        try {
            for (Map.Entry<String, Slots> entry : inputs.entrySet()) {
                entry.getValue().prepare(first, count);
                in.put(entry.getKey(), entry.getValue().tensor(first, count));
            }
            for (Map.Entry<String, Slots> entry : outputs.entrySet()) {
                out.put(entry.getKey(), entry.getValue().tensor(first, count));
            }
            model.run(in, out);
            outputs.values().forEach(slots -> slots.fetch(first, count));
        } catch (OrtException e) {
            throw model.failure("failed", e);
        } finally {
            in.values().forEach(OnnxTensor::close);
            out.values().forEach(OnnxTensor::close);
        }
    }
}
