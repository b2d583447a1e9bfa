package io.lipdrop.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Memory for the items of one input or output, as floats, and as 16-bit floats if the model needs them. */
final class Slots {
    private final List<Long> shape;
    private final int size;
    private final FloatBuffer values;
    private final @Nullable ShortBuffer halves;

    Slots(List<Long> shape, int items, boolean isHalf) {
        this.shape = List.copyOf(shape);
        long floats = 1;
        for (long side : shape) {
            floats *= side;
        }
        this.size = Math.toIntExact(floats);
        this.values = OnnxModel.buffer(Math.multiplyExact(size, items));
        this.halves = isHalf
                ? ByteBuffer.allocateDirect(values.capacity() * Short.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asShortBuffer()
                : null;
    }

    FloatBuffer values() {
        return values;
    }

    /** A tensor view of some items, without a copy. */
    OnnxTensor tensor(int first, int count) throws OrtException {
        long[] dimensions = new long[shape.size() + 1];
        dimensions[0] = count;
        for (int i = 0; i < shape.size(); i++) {
            dimensions[i + 1] = shape.get(i);
        }
        OrtEnvironment environment = Environment.get();
        if (halves == null) {
            return OnnxTensor.createTensor(environment, values.slice(first * size, count * size), dimensions);
        }
        return OnnxTensor.createTensor(
                environment, halves.slice(first * size, count * size), dimensions, OnnxJavaType.FLOAT16);
    }

    /** Before a run: converts the written values for the model. */
    void prepare(int first, int count) {
        if (halves != null) {
            for (int i = first * size; i < (first + count) * size; i++) {
                halves.put(i, Fp16Conversions.floatToFp16(values.get(i)));
            }
        }
    }

    /** After a run: converts the model's output for reading. */
    void fetch(int first, int count) {
        if (halves != null) {
            for (int i = first * size; i < (first + count) * size; i++) {
                values.put(i, Fp16Conversions.fp16ToFloat(halves.get(i)));
            }
        }
    }
}
