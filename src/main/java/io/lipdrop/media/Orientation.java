package io.lipdrop.media;

/** How a stored picture has to be turned to stand upright: the eight ways of a display matrix or of EXIF. */
public enum Orientation {
    UPRIGHT(0, ""),
    CLOCKWISE_90(90, "transpose=clock"),
    UPSIDE_DOWN(180, "hflip,vflip"),
    CLOCKWISE_270(270, "transpose=cclock"),
    MIRRORED(0, "hflip"),
    MIRRORED_UPSIDE_DOWN(180, "vflip"),
    TRANSPOSED(90, "transpose=cclock_flip"),
    ANTI_TRANSPOSED(270, "transpose=clock_flip");

    /** a, b, c and d of {@link #ofMatrix}, in the order of the constants. */
    private static final int[][] MATRICES = {
        {1, 0, 0, 1}, {0, 1, -1, 0}, {-1, 0, 0, -1}, {0, -1, 1, 0},
        {-1, 0, 0, 1}, {1, 0, 0, -1}, {0, 1, 1, 0}, {0, -1, -1, 0}
    };

    private final int degrees;
    private final String filter;

    Orientation(int degrees, String filter) {
        this.degrees = degrees;
        this.filter = filter;
    }

    /** Degrees to turn clockwise. */
    public int degrees() {
        return degrees;
    }

    /** The FFmpeg filters that do it, empty when there is nothing to do. */
    String filter() {
        return filter;
    }

    boolean swapsSides() {
        return degrees % 180 != 0;
    }

    /**
     * From the upper left of a display matrix (ISO/IEC 14496-12, 6.2.2), which sends the stored point (x, y) to
     * (ax + cy, bx + dy); turns that are not right angles count as upright.
     */
    static Orientation ofMatrix(int a, int b, int c, int d) {
        String signs = "" + Integer.signum(a) + Integer.signum(b) + Integer.signum(c) + Integer.signum(d);
        return switch (signs) {
            case "01-10" -> CLOCKWISE_90;
            case "-100-1" -> UPSIDE_DOWN;
            case "0-110" -> CLOCKWISE_270;
            case "-1001" -> MIRRORED;
            case "100-1" -> MIRRORED_UPSIDE_DOWN;
            case "0110" -> TRANSPOSED;
            case "0-1-10" -> ANTI_TRANSPOSED;
            default -> UPRIGHT;
        };
    }

    /** This way, and then turned to the left by so many quarters. */
    Orientation thenCounterclockwise(int quarters) {
        Orientation turned = this;
        for (int i = 0; i < quarters; i++) {
            turned = turned.then(new int[] {0, -1, 1, 0});
        }
        return turned;
    }

    /** This way, and then mirrored: left and right change places, or top and bottom. */
    Orientation thenMirrored(boolean isLeftAndRight) {
        return then(isLeftAndRight ? new int[] {-1, 0, 0, 1} : new int[] {1, 0, 0, -1});
    }

    @SuppressWarnings("EnumOrdinal") // the matrices are in the constants' order
    private Orientation then(int[] m) {
        int[] n = MATRICES[ordinal()];
        return ofMatrix(
                m[0] * n[0] + m[2] * n[1],
                m[1] * n[0] + m[3] * n[1],
                m[0] * n[2] + m[2] * n[3],
                m[1] * n[2] + m[3] * n[3]);
    }

    /** From ffprobe's print of a matrix: three lines of an address and three numbers. */
    static Orientation parse(String matrix) {
        String[] numbers = matrix.replaceAll("[0-9a-fA-F]{8}:", " ").strip().split("\\s+", -1);
        try {
            return ofMatrix(
                    Integer.parseInt(numbers[0]),
                    Integer.parseInt(numbers[1]),
                    Integer.parseInt(numbers[3]),
                    Integer.parseInt(numbers[4]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return UPRIGHT;
        }
    }
}
