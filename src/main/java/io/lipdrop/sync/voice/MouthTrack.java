package io.lipdrop.sync.voice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The shapes of a mouth over time, a hundred a second: shape {@code t} belongs to the sound at {@code t/100} s. */
public final class MouthTrack {
    static final int SHAPES_PER_SECOND = 100;

    /** Opening, width, press, tuck, teeth. */
    static final int VALUES = 5;

    private static final int OPENING = 0;
    private static final int WIDTH = 1;

    /** An opening from which on lips count as parted. */
    private static final float PARTED = 0.015f;

    private static final double LOW = 0.05;
    private static final double HIGH = 0.95;

    /** How long a mouth that is open where the voice begins or ends takes from rest or to it. */
    private static final int SHAPES_TO_REST = SHAPES_PER_SECOND / 10;

    private final float[] values;

    MouthTrack(float[] values) {
        this.values = values;
    }

    /** The shape at a moment, between two shapes in proportion; before and after the voice the mouth is at rest. */
    public MouthShape at(double seconds) {
        int last = values.length / VALUES - 1;
        double wanted = seconds * SHAPES_PER_SECOND;
        double position = Math.max(0, Math.min(last, wanted));
        float strength = (float) Math.max(0, 1 - Math.abs(wanted - position) / SHAPES_TO_REST);
        int before = (int) position;
        int after = Math.min(last, before + 1);
        float share = (float) (position - before);
        return new MouthShape(
                strength * value(before, after, share, 0),
                strength * value(before, after, share, 1),
                strength * value(before, after, share, 2),
                strength * value(before, after, share, 3),
                strength * value(before, after, share, 4));
    }

    /** The peak of the opening: its 95th percentile while the lips are parted; 0 where they never are. */
    public float peak() {
        return percentile(OPENING, HIGH);
    }

    /** How much the width varies while the lips are parted: from the 5th to the 95th percentile. */
    public float widths() {
        return percentile(WIDTH, HIGH) - percentile(WIDTH, LOW);
    }

    private float percentile(int which, double part) {
        float[] sorted = new float[values.length / VALUES];
        int count = 0;
        for (int i = 0; i < values.length; i += VALUES) {
            if (values[i + OPENING] > PARTED) {
                sorted[count++] = values[i + which];
            }
        }
        Arrays.sort(sorted, 0, count);
        return count == 0 ? 0 : sorted[(int) (part * (count - 1))];
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
