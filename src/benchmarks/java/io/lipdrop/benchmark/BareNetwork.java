package io.lipdrop.benchmark;

import io.lipdrop.onnx.OnnxModel;
import io.lipdrop.onnx.Port;
import io.lipdrop.onnx.TensorBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A network by itself: nothing goes in but zeros, nobody looks at what comes out. */
final class BareNetwork {
    private final TensorBatch batch;
    private final int items;

    /** Room for so many items at a time. */
    BareNetwork(OnnxModel model, int items) {
        Map<String, List<Long>> shapes = new HashMap<>();
        Stream.concat(model.ports().inputs().stream(), model.ports().outputs().stream())
                .forEach(port -> shapes.put(port.name(), itemShape(port)));
        this.batch = new TensorBatch(model, items, shapes);
        this.items = items;
    }

    /** Runs as often as it takes. */
    void run(int count) {
        for (int done = 0; done < count; done += items) {
            batch.run(0, Math.min(items, count - done));
        }
    }

    private static List<Long> itemShape(Port port) {
        return port.shape().subList(1, port.shape().size());
    }
}
