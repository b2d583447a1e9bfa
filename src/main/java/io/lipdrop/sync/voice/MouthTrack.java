package io.lipdrop.sync.voice;

import io.lipdrop.sync.warp.MouthShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The shapes of a mouth over time, a hundred a second: shape {@code t} belongs to the sound at {@code t/100} s. */
public final class MouthTrack {
    static final int SHAPES_PER_SECOND = 100;

    /** Opening, width, press, tuck, teeth. */
    static final int VALUES = 5;

    private final float[] values;

    MouthTrack(float[] values) {
        this.values = values;
    }

    /** The shape at a moment, between two shapes in proportion; the first or the last one outside. */
    public MouthShape at(double seconds) {
        int last = values.length / VALUES - 1;
        double position = Math.max(0, Math.min(last, seconds * SHAPES_PER_SECOND));
        int before = (int) position;
        int after = Math.min(last, before + 1);
        float share = (float) (position - before);
        return new MouthShape(
                value(before, after, share, 0),
                value(before, after, share, 1),
                value(before, after, share, 2),
                value(before, after, share, 3),
                value(before, after, share, 4));
    }

    /** The track as bytes, to be kept for the other videos of a batch. */
    public byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** Reads what {@link #bytes} gave. */
    public static MouthTrack read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return new MouthTrack(values);
    }

    private float value(int before, int after, float share, int which) {
        return values[before * VALUES + which] * (1 - share) + values[after * VALUES + which] * share;
    }
}
