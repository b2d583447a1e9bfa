package io.lipdrop.sync.pixel;

/** Levels of luma and chroma of limited range, as ITU-R BT.601 and BT.709 have them. */
public final class Levels {
    /** Luma of black. */
    public static final int BLACK = 16;
    /** Chroma of grey. */
    public static final int GREY = 128;

    private Levels() {}
}
