package io.lipdrop.media.frame;

/**
 * One frame, planar YUV 4:2:0, 8 bits, limited range: the luma plane ({@code width × height}), then the two chroma
 * planes ({@code width/2 × height/2}), rows without padding. Width and height are even.
 *
 * <p>Frames are large and reused: each has one owner at a time and is never shared.
 */
public final class Frame {
    private final int width;
    private final int height;
    private final byte[] data;

    /**
     * A frame of zeros, which is not black.
     *
     * @throws IllegalArgumentException if a side is odd or not positive
     */
    public Frame(int width, int height) {
        if (width <= 0 || height <= 0 || width % 2 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException("A frame has even sides, not " + width + "×" + height);
        }
        this.width = width;
        this.height = height;
        this.data = new byte[Math.multiplyExact(width, height) / 2 * 3];
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** All three planes, one after the other; writing to it changes the frame. */
    public byte[] data() {
        return data;
    }

    /** Where the luma plane starts; its rows are {@link #width()} bytes. */
    public int lumaOffset() {
        return 0;
    }

    /** Where the blue-difference plane starts; its rows are {@code width/2} bytes. */
    public int cbOffset() {
        return width * height;
    }

    /** Where the red-difference plane starts; its rows are {@code width/2} bytes. */
    public int crOffset() {
        return width * height / 4 * 5;
    }
}
