package io.lipdrop.sync.neural;

import io.lipdrop.onnx.Port;
import io.lipdrop.onnx.Ports;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A lip-sync network as it was recognised.
 *
 * @param side of its pictures, pixels
 * @param mel name of the input for the sound
 * @param face name of the input for the face
 * @param weight name of the input for the strength of the effect, where it has one
 * @param output name of the output
 */
public record Network(
        Family family,
        int side,
        String mel,
        String face,
        @Nullable String weight,
        String output) {
    private static final Set<Long> WAV2LIP_SIDES = Set.of(96L, 256L, 288L, 384L);
    private static final long EDTALK_SIDE = 256;

    /** The network that has these inputs and outputs, whatever their names and order; empty if none that is known has. */
    public static Optional<Network> of(Ports ports) {
        List<Port> inputs = ports.inputs();
        Optional<Port> mel =
                only(inputs, port -> is(port, 1, 80, 16) && port.shape().get(3) == 16);
        Optional<Port> weight =
                only(inputs, port -> isNumber(port) && List.of(1L).equals(port.shape()));
        if (mel.isEmpty()) {
            return Optional.empty();
        }
        if (inputs.size() == 2) {
            return only(
                            inputs,
                            port -> isPicture(port, 6)
                                    && WAV2LIP_SIDES.contains(port.shape().get(3)))
                    .flatMap(face -> network(Family.WAV2LIP, mel.get(), face, null, ports.outputs()));
        }
        if (inputs.size() == 3 && weight.isPresent()) {
            String name = weight.get().name();
            return only(inputs, port -> isPicture(port, 3) && port.shape().get(3) == EDTALK_SIDE)
                    .flatMap(face -> network(Family.EDTALK, mel.get(), face, name, ports.outputs()));
        }
        return Optional.empty();
    }

    private static Optional<Network> network(
            Family family, Port mel, Port face, @Nullable String weight, List<Port> outputs) {
        long side = face.shape().get(3);
        return outputs.stream()
                .filter(port -> is(port, 3, side, side))
                .findFirst()
                .map(output -> new Network(family, (int) side, mel.name(), face.name(), weight, output.name()));
    }

    private static Optional<Port> only(List<Port> ports, Predicate<Port> wanted) {
        List<Port> found = ports.stream().filter(wanted).toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static boolean isPicture(Port port, long channels) {
        return port.shape().size() == 4
                && port.shape().get(3) != Port.FREE
                && is(port, channels, port.shape().get(3), port.shape().get(3));
    }

    /** Whether an item may have this shape; the batch is not looked at. */
    private static boolean is(Port port, long... item) {
        if (!isNumber(port) || port.shape().size() != item.length + 1) {
            return false;
        }
        for (int i = 0; i < item.length; i++) {
            long side = port.shape().get(i + 1);
            if (side != item[i] && side != Port.FREE) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(Port port) {
        return port.kind() != Port.Kind.OTHER;
    }

    /** The shapes of one item of each input and of the output. */
    Map<String, List<Long>> itemShapes() {
        long s = side;
        List<Long> sound = List.of(1L, 80L, 16L);
        List<Long> picture = List.of(3L, s, s);
        return weight == null
                ? Map.of(mel, sound, face, List.of(6L, s, s), output, picture)
                : Map.of(mel, sound, face, picture, weight, List.of(), output, picture);
    }
}
