package io.lipdrop.sync.pixel;

/**
 * Where the chroma samples of a 4:2:0 frame lie among its luma pixels: on every second column and halfway between two rows, which is where
 * MPEG-2 has them (ISO/IEC 13818-2, 6.1.1.8), and H.264 and HEVC where a file says nothing else (chroma_loc "left").
 */
public final class Chroma {
    /** Luma pixels from one sample to the next, across and down. */
    public static final int STEP = 2;
    /** How far below the upper one of its two rows of luma a sample lies, luma pixels. */
    public static final float DOWN = 0.5f;

    private Chroma() {}

    /** The column of chroma at a column of luma. */
    public static float column(float lumaX) {
        return lumaX / STEP;
    }

    /** The row of chroma at a row of luma. */
    public static float row(float lumaY) {
        return (lumaY - DOWN) / STEP;
    }

    /** The row of luma at a row of chroma. */
    public static float lumaRow(float row) {
        return STEP * row + DOWN;
    }
}
