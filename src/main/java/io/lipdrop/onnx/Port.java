package io.lipdrop.onnx;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An input or an output of a model.
 *
 * @param kind its element type
 * @param shape its dimensions, the batch first; {@link #FREE} for a free dimension
 */
public record Port(String name, Kind kind, List<Long> shape) {
    /** A dimension that is fixed only when the model runs. */
    public static final long FREE = -1;

    /** Element types, as far as they matter here. */
    public enum Kind {
        FLOAT32,
        FLOAT16,
        OTHER
    }

    public Port {
        shape = List.copyOf(shape);
    }

    /** {@code faces float32 [?,6,96,96]} */
    @Override
    public String toString() {
        String dimensions = shape.stream()
                .map(dimension -> dimension == FREE ? "?" : dimension.toString())
                .collect(Collectors.joining(","));
        return name + " " + (kind == Kind.OTHER ? "?" : kind.name().toLowerCase(Locale.ROOT)) + " [" + dimensions + "]";
    }
}
