package io.lipdrop.onnx;

import ai.onnxruntime.platform.Fp16Conversions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a network as an ONNX file (opset 13), value by value; field numbers are those of onnx.proto3. All floating-point values
 * are of one kind, single or half precision.
 */
public final class Graph {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int FLOAT16 = 10;

    private final Protobuf graph = new Protobuf().text(2, "graph");
    private final boolean isHalf;
    private int values;

    public Graph(boolean isHalf) {
        this.isHalf = isHalf;
    }

    /** An input; a side of −1 is free. */
    public Graph input(String name, long... shape) {
        graph.message(11, port(name, shape));
        return this;
    }

    public Graph output(String name, long... shape) {
        graph.message(12, port(name, shape));
        return this;
    }

    /** A constant, for example weights. */
    public String constant(float[] numbers, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(numbers.length * (isHalf ? 2 : 4)).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : numbers) {
            if (isHalf) {
                raw.putShort(Fp16Conversions.floatToFp16(number));
            } else {
                raw.putFloat(number);
            }
        }
        return tensor(isHalf ? FLOAT16 : FLOAT, raw.array(), shape);
    }

    public String constant(float number) {
        return constant(new float[] {number}, 1);
    }

    public String integers(long... numbers) {
        ByteBuffer raw = ByteBuffer.allocate(numbers.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : numbers) {
            raw.putLong(number);
        }
        return tensor(INT64, raw.array(), numbers.length);
    }

    private String tensor(int type, byte[] raw, long... shape) {
        String name = "c" + values++;
        Protobuf tensor = new Protobuf();
        for (long side : shape) {
            tensor.number(1, side);
        }
        graph.message(5, tensor.number(2, type).text(8, name).bytes(9, raw));
        return name;
    }

    /** A node's attribute: a list of whole numbers. */
    public record Attribute(String name, List<Long> numbers) {
        public static Attribute of(String name, Long... numbers) {
            return new Attribute(name, List.of(numbers));
        }
    }

    /** Applies an operator. */
    public String node(String operator, List<String> inputs, Attribute... attributes) {
        String name = "v" + values++;
        named(name, operator, inputs, attributes);
        return name;
    }

    /** Applies an operator; the result gets this name. */
    public void named(String output, String operator, List<String> inputs, Attribute... attributes) {
        Protobuf node = new Protobuf();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(4, operator);
        for (Attribute attribute : attributes) {
            Protobuf list = new Protobuf().text(1, attribute.name);
            attribute.numbers.forEach(number -> list.number(8, number));
            node.message(5, list.number(20, 7));
        }
        graph.message(1, node);
    }

    /** Applies an operator with one attribute that is a single number. */
    public String node(String operator, String attribute, long number, List<String> inputs) {
        String name = "v" + values++;
        Protobuf node = new Protobuf();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, name).text(4, operator);
        node.message(5, new Protobuf().text(1, attribute).number(3, number).number(20, 2));
        graph.message(1, node);
        return name;
    }

    public Path write(Path file) throws IOException {
        Protobuf model = new Protobuf().number(1, 8).message(7, graph).message(8, new Protobuf().number(2, 13));
        return Files.write(file, model.bytes());
    }

    private Protobuf port(String name, long... shape) {
        Protobuf sides = new Protobuf();
        for (int i = 0; i < shape.length; i++) {
            Protobuf side = new Protobuf();
            sides.message(1, shape[i] < 0 ? side.text(2, "free" + i) : side.number(1, shape[i]));
        }
        Protobuf tensor = new Protobuf().number(1, isHalf ? FLOAT16 : FLOAT).message(2, sides);
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
    }
}
