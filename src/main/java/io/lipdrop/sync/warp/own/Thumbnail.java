package io.lipdrop.sync.warp.own;

import io.lipdrop.media.frame.Frame;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A frame's luma in a few cells, to know a shot by. */
final class Thumbnail {
    /** Frames of one shot differ by less, in luma of 255. */
    static final float SAME = 14;

    private static final int COLUMNS = 16;
    private static final int ROWS = 9;
    private static final int SAMPLES = 4;

    private final float[] cells = new float[COLUMNS * ROWS];

    static Thumbnail of(Frame frame) {
        Thumbnail thumbnail = new Thumbnail();
        thumbnail.take(frame);
        return thumbnail;
    }

    void take(Frame frame) {
        byte[] data = frame.data();
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                int sum = 0;
                for (int k = 0; k < SAMPLES * SAMPLES; k++) {
                    int x = (2 * (column * SAMPLES + k % SAMPLES) + 1) * frame.width() / (2 * COLUMNS * SAMPLES);
                    int y = (2 * (row * SAMPLES + k / SAMPLES) + 1) * frame.height() / (2 * ROWS * SAMPLES);
                    sum += data[frame.lumaOffset() + y * frame.width() + x] & 255;
                }
                cells[row * COLUMNS + column] = Math.round(sum / (float) (SAMPLES * SAMPLES)); // as it is kept
            }
        }
    }

    /** Mean absolute difference. */
    float away(Thumbnail other) {
        float sum = 0;
        for (int i = 0; i < cells.length; i++) {
            sum += Math.abs(cells[i] - other.cells[i]);
        }
        return sum / cells.length;
    }

    void write(DataOutput to) throws IOException {
        for (float cell : cells) {
            to.writeByte(Math.round(cell));
        }
    }

    static Thumbnail read(DataInput from) throws IOException {
        Thumbnail thumbnail = new Thumbnail();
        for (int i = 0; i < thumbnail.cells.length; i++) {
            thumbnail.cells[i] = from.readUnsignedByte();
        }
        return thumbnail;
    }
}
