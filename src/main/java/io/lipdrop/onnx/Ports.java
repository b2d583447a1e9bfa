package io.lipdrop.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The inputs and outputs of a model. */
public record Ports(List<Port> inputs, List<Port> outputs) {
    public Ports {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The fixed batch size of the model; 0 if it is free. */
    public int ownBatch() {
        return (int) Math.max(
                0, inputs.stream().mapToLong(port -> port.shape().get(0)).max().orElse(0));
    }

    static Ports of(OrtSession session) throws OrtException {
        return new Ports(
                ports(session.getInputInfo().values()),
                ports(session.getOutputInfo().values()));
    }

    private static List<Port> ports(Collection<NodeInfo> nodes) {
        List<Port> ports = new ArrayList<>();
        for (NodeInfo node : nodes) {
            if (node.getInfo() instanceof TensorInfo tensor) {
                Port.Kind kind = switch (tensor.type) {
                    case FLOAT -> Port.Kind.FLOAT32;
                    case FLOAT16 -> Port.Kind.FLOAT16;
                    default -> Port.Kind.OTHER;
                };
                List<Long> shape = Arrays.stream(tensor.getShape()).boxed().collect(Collectors.toList());
                ports.add(new Port(node.getName(), kind, shape));
            } else {
                ports.add(new Port(node.getName(), Port.Kind.OTHER, List.of()));
            }
        }
        return ports;
    }
}
