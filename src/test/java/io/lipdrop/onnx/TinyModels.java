package io.lipdrop.onnx;

import io.lipdrop.onnx.Graph.Attribute;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Networks with the exact inputs and outputs of lip-sync models, whose pictures are known functions of what goes in, for tests
 * in the real runtime without anybody's weights.
 */
public final class TinyModels {
    /** The rectangle that is painted over the mouth, in parts of the picture's side. */
    public static final float TOP = 0.66f;

    public static final float BOTTOM = 0.84f;
    public static final float LEFT = 0.34f;
    public static final float RIGHT = 0.66f;

    /** Its square is infinite. */
    private static final float HUGE = 1e30f;

    private TinyModels() {}

    /** What comes out. */
    public enum Paints {
        /** The face that went in. */
        NOTHING,
        /** The face with its lower half masked that went in. */
        MASK,
        /** The mean of the mel window's first column, from −4 black to 4 white, over the mouth. */
        MEL,
        /** The first channel full and the others empty, over the mouth. */
        FIRST_CHANNEL,
        /** A dark upper and a light lower half, over the mouth. */
        LIGHT_BELOW,
        /** A dark left and a light right half, over the mouth. */
        LIGHT_RIGHT,
        /** Nothing that is a number, anywhere. */
        NOT_A_NUMBER,
        /** Nothing that is a number where the mel window begins in silence, else grey over the mouth. */
        NOT_A_NUMBER_IN_SILENCE,
        /** Infinite over the mouth where the mel window begins in silence, else black. */
        INFINITE_IN_SILENCE,
        /** The weight as grey over the mouth, for EdTalk. */
        WEIGHT,
        /** Nothing: it can be opened, but fails when it runs. */
        FAILS
    }

    /**
     * A network of the Wav2Lip family.
     *
     * @param side of its pictures
     * @param batch its own, or −1 where it takes any
     * @param names of the mel input, the face input and the output; the face comes first if its name does in the alphabet
     */
    public static Path wav2lip(Path file, Paints what, int side, long batch, boolean isHalf, List<String> names)
            throws IOException {
        String mel = names.get(0);
        String faces = names.get(1);
        Graph graph = new Graph(isHalf);
        if (faces.compareTo(mel) < 0) {
            graph.input(faces, batch, 6, side, side).input(mel, batch, 1, 80, 16);
        } else {
            graph.input(mel, batch, 1, 80, 16).input(faces, batch, 6, side, side);
        }
        graph.output(names.get(2), batch, 3, side, side);
        int first = what == Paints.MASK ? 0 : 3;
        String face = what == Paints.FAILS
                ? graph.node("Gather", "axis", 1, List.of(faces, graph.integers(0, 1, 99)))
                : slice(graph, faces, 1, first, first + 3);
        finish(graph, names.get(2), face, painting(graph, what, mel, "", side), most(what), side);
        return graph.write(file);
    }

    /** With the names that the public Wav2Lip files have, for any batch. */
    public static Path wav2lip(Path file, Paints what) throws IOException {
        return wav2lip(file, what, 96, -1, false, List.of("source", "target", "output"));
    }

    /** A network of the EdTalk family. */
    public static Path edtalk(Path file, Paints what) throws IOException {
        Graph graph = new Graph(false);
        graph.input("source", 1, 1, 80, 16).input("target", 1, 3, 256, 256).input("weight", 1);
        graph.output("output", 1, 3, 256, 256);
        finish(graph, "output", "target", painting(graph, what, "source", "weight", 256), most(what), 256);
        return graph.write(file);
    }

    /** The value that is painted, or nothing. */
    private static String painting(Graph graph, Paints what, String mel, String weight, int side) {
        return switch (what) {
            case NOTHING, MASK, FAILS -> "";
            case MEL -> {
                String raised = graph.node("Add", List.of(loudness(graph, mel), graph.constant(4)));
                yield graph.node("Mul", List.of(raised, graph.constant(1 / 8f)));
            }
            case NOT_A_NUMBER -> graph.constant(Float.NaN);
            case NOT_A_NUMBER_IN_SILENCE -> {
                String raised = graph.node("Add", List.of(loudness(graph, mel), graph.constant(3.9f)));
                yield graph.node("Mul", List.of(graph.node("Sqrt", List.of(raised)), graph.constant(0.4f)));
            }
            case INFINITE_IN_SILENCE -> {
                String below = graph.node("Sub", List.of(graph.constant(-3.9f), loudness(graph, mel)));
                yield graph.node("Mul", List.of(graph.node("Relu", List.of(below)), graph.constant(HUGE)));
            }
            case FIRST_CHANNEL -> graph.constant(new float[] {1, 0, 0}, 1, 3, 1, 1);
            case LIGHT_BELOW -> {
                float[] rows = new float[side];
                for (int row = 0; row < side; row++) {
                    rows[row] = row < (TOP + BOTTOM) / 2 * side ? 0.1f : 0.9f;
                }
                yield graph.constant(rows, 1, 1, side, 1);
            }
            case LIGHT_RIGHT -> {
                float[] columns = new float[side];
                for (int column = 0; column < side; column++) {
                    columns[column] = column < side / 2 ? 0.1f : 0.9f;
                }
                yield graph.constant(columns, 1, 1, 1, side);
            }
            case WEIGHT -> weight;
        };
    }

    /** By what the painting is multiplied. */
    private static float most(Paints what) {
        return what == Paints.INFINITE_IN_SILENCE ? HUGE : 1;
    }

    /** The mean of the mel window's first column, from −4 to 4. */
    private static String loudness(Graph graph, String mel) {
        return graph.node("ReduceMean", List.of(slice(graph, mel, 3, 0, 1)), Attribute.of("axes", 1L, 2L, 3L));
    }

    private static void finish(Graph graph, String output, String face, String painting, float most, int side) {
        if (painting.isEmpty()) {
            graph.named(output, "Identity", List.of(face));
            return;
        }
        float[] inside = new float[side * side];
        float[] outside = new float[side * side];
        for (int i = 0; i < inside.length; i++) {
            int row = i / side;
            float x = (i - row * side + 0.5f) / side;
            float y = (row + 0.5f) / side;
            inside[i] = x > LEFT && x < RIGHT && y > TOP && y < BOTTOM ? most : 0;
            outside[i] = inside[i] == 0 ? 1 : 0;
        }
        String kept = graph.node("Mul", List.of(face, graph.constant(outside, 1, 1, side, side)));
        String painted = graph.node("Mul", List.of(painting, graph.constant(inside, 1, 1, side, side)));
        graph.named(output, "Add", List.of(kept, painted));
    }

    private static String slice(Graph graph, String value, long axis, long from, long to) {
        return graph.node("Slice", List.of(value, graph.integers(from), graph.integers(to), graph.integers(axis)));
    }
}
