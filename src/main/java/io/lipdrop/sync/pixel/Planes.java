package io.lipdrop.sync.pixel;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import io.lipdrop.media.frame.Frame;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A copy of part of a frame, luma and both chromas, to read from while the frame is written or gone. */
public final class Planes {
    /** Least rows and columns to read between. */
    private static final int MIN = 4;

    public final Plane luma = new Plane(false);
    public final Plane cb = new Plane(true);
    public final Plane cr = new Plane(true);

    /** Copies the rectangle, which lies inside the frame and has even sides and an even corner. */
    public void copy(Frame frame, int x, int y, int columns, int rows) {
        byte[] data = frame.data();
        luma.copy(data, frame.lumaOffset(), frame.width(), x, y, columns, rows);
        int chromaWidth = frame.width() / Chroma.STEP;
        int left = x / Chroma.STEP;
        int top = y / Chroma.STEP;
        int chromaColumns = columns / Chroma.STEP;
        int chromaRows = rows / Chroma.STEP;
        cb.copy(data, frame.cbOffset(), chromaWidth, left, top, chromaColumns, chromaRows);
        cr.copy(data, frame.crOffset(), chromaWidth, left, top, chromaColumns, chromaRows);
    }

    /** Memory that it takes, bytes. */
    public int bytes() {
        return luma.bytes() + cb.bytes() + cr.bytes();
    }

    /** Writes the three planes, for {@link #read}. */
    public void write(DataOutput to) throws IOException {
        luma.write(to);
        cb.write(to);
        cr.write(to);
    }

    /**
     * Replaces the planes by those that {@link #write} has written.
     *
     * @throws IOException if they end early, or their sizes are not plausible
     */
    public void read(DataInput from) throws IOException {
        luma.read(from);
        cb.read(from);
        cr.read(from);
    }

    /** Copies what lies between these places, as far as it is in the frame; a part outside becomes the frame's border. */
    public void copyAround(Frame frame, float fromX, float fromY, float toX, float toY) {
        int left = first(fromX, frame.width());
        int top = first(fromY, frame.height());
        copy(frame, left, top, count(left, toX, frame.width()), count(top, toY, frame.height()));
    }

    private static int first(float from, int size) {
        return (int) clamp(from, 0, size - MIN) & ~1;
    }

    private static int count(int first, float to, int size) {
        return (int) Math.max(MIN, Math.min(size, to) - first) & ~1;
    }

    /**
     * The value at a place of the frame that was copied, as {@link Plane#at} reads it.
     *
     * @param plane 0 luma, 1 Cb, 2 Cr
     * @param x in luma pixels, whatever the plane, like y
     */
    public float at(int plane, float x, float y) {
        return plane == 0 ? luma.at(x, y) : get(plane).at(Chroma.column(x), Chroma.row(y));
    }

    /** 0 luma, 1 Cb, 2 Cr. */
    public Plane get(int plane) {
        return plane == 0 ? luma : plane == 1 ? cb : cr;
    }
}
