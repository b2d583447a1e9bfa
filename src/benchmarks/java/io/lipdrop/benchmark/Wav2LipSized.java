package io.lipdrop.benchmark;

import io.lipdrop.onnx.Graph;
import io.lipdrop.onnx.Graph.Attribute;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Writes a network with the layers of Wav2Lip (Prajwal et al., 2020: 36 million weights, 8 GFLOP a face) and random weights: as
 * fast as the real one, and as good as none. Arguments: the file, and {@code half} for 16 bits.
 */
final class Wav2LipSized {
    private final Graph graph;
    private final Random random = new Random(96);

    private Wav2LipSized(boolean isHalf) {
        graph = new Graph(isHalf);
    }

    public static void main(String[] args) throws IOException {
        boolean isHalf = args.length == 2 && args[1].equals("half");
        boolean isUnderstood = args.length == 1 || isHalf;
        if (!isUnderstood || args[0].startsWith("-") || !args[0].endsWith(".onnx")) {
            System.err.println("benchmarks/wav2lip-sized.sh FILE.onnx [half]");
            System.exit(2);
        }
        System.out.println(write(Settings.named(args[0]), isHalf));
    }

    static Path write(Path file, boolean isHalf) throws IOException {
        return new Wav2LipSized(isHalf).write(file);
    }

    private Path write(Path file) throws IOException {
        graph.input("source", -1, 1, 80, 16).input("target", -1, 6, 96, 96).output("output", -1, 3, 96, 96);
        Deque<String> skips = new ArrayDeque<>();
        String face = conv("target", 6, 16, 7, 1, 1, 3);
        skips.push(face);
        int[][] stages = {{16, 32, 2}, {32, 64, 3}, {64, 128, 2}, {128, 256, 2}, {256, 512, 1}};
        for (int[] stage : stages) {
            face = residuals(conv(face, stage[0], stage[1], 3, 2, 2, 1), stage[1], stage[2]);
            skips.push(face);
        }
        face = conv(conv(face, 512, 512, 3, 1, 1, 0), 512, 512, 1, 1, 1, 0);

        String sound = residuals(conv("source", 1, 32, 3, 1, 1, 1), 32, 2);
        sound = residuals(conv(sound, 32, 64, 3, 3, 1, 1), 64, 2);
        sound = residuals(conv(sound, 64, 128, 3, 3, 3, 1), 128, 2);
        sound = residuals(conv(sound, 128, 256, 3, 3, 2, 1), 256, 1);
        sound = conv(conv(sound, 256, 512, 3, 1, 1, 0), 512, 512, 1, 1, 1, 0);

        String picture = conv(sound, 512, 512, 1, 1, 1, 0);
        picture = concat(picture, face);
        picture = residuals(transposed(picture, 1024, 512, 1, 0, 0), 512, 1);
        int[][] back = {{1024, 512}, {768, 384}, {512, 256}, {320, 128}, {160, 64}};
        for (int[] stage : back) {
            picture = concat(picture, skips.pop());
            picture = residuals(transposed(picture, stage[0], stage[1], 2, 1, 1), stage[1], 2);
        }
        picture = concat(picture, skips.pop());
        picture = conv(picture, 80, 32, 3, 1, 1, 1);
        graph.named("output", "Sigmoid", List.of(convolved(picture, 32, 3, 1, 1, 1, 0)));
        return graph.write(file);
    }

    private String residuals(String from, int channels, int count) {
        String last = from;
        for (int i = 0; i < count; i++) {
            String sum = graph.node("Add", List.of(convolved(last, channels, channels, 3, 1, 1, 1), last));
            last = graph.node("Relu", List.of(sum));
        }
        return last;
    }

    private String conv(String from, int in, int out, int kernel, int down, int across, int pad) {
        return graph.node("Relu", List.of(convolved(from, in, out, kernel, down, across, pad)));
    }

    /** A convolution whose batch normalisation is folded into it. */
    private String convolved(String from, int in, int out, int kernel, long down, long across, long pad) {
        return graph.node(
                "Conv",
                List.of(from, random(in * kernel * kernel, out, in, kernel, kernel), random(out, out)),
                Attribute.of("kernel_shape", (long) kernel, (long) kernel),
                Attribute.of("strides", down, across),
                Attribute.of("pads", pad, pad, pad, pad));
    }

    private String transposed(String from, int in, int out, long stride, long pad, long outputPad) {
        String up = graph.node(
                "ConvTranspose",
                List.of(from, random(in * 9, in, out, 3, 3), random(out, out)),
                Attribute.of("kernel_shape", 3L, 3L),
                Attribute.of("strides", stride, stride),
                Attribute.of("pads", pad, pad, pad, pad),
                Attribute.of("output_padding", outputPad, outputPad));
        return graph.node("Relu", List.of(up));
    }

    private String concat(String a, String b) {
        return graph.node("Concat", "axis", 1, List.of(a, b));
    }

    /** Weights small enough for the number of values that they sum up. */
    private String random(int summed, long... shape) {
        int count = 1;
        for (long side : shape) {
            count *= (int) side;
        }
        float[] values = new float[count];
        float scale = (float) (0.7 / Math.sqrt(summed));
        for (int i = 0; i < count; i++) {
            values[i] = scale * (float) random.nextGaussian();
        }
        return graph.constant(values, shape);
    }
}
