package io.lipdrop.media.frame;

/** How a stored picture has to be turned to stand upright: the eight ways of a display matrix or of EXIF. */
public enum Orientation {
    UPRIGHT(0, "", 1, 0, 0, 1),
    CLOCKWISE_90(90, "transpose=clock", 0, 1, -1, 0),
    UPSIDE_DOWN(180, "hflip,vflip", -1, 0, 0, -1),
    CLOCKWISE_270(270, "transpose=cclock", 0, -1, 1, 0),
    MIRRORED(0, "hflip", -1, 0, 0, 1),
    MIRRORED_UPSIDE_DOWN(180, "vflip", 1, 0, 0, -1),
    TRANSPOSED(90, "transpose=cclock_flip", 0, 1, 1, 0),
    ANTI_TRANSPOSED(270, "transpose=clock_flip", 0, -1, -1, 0);

    private final int degrees;
    private final String filter;

    /** a, b, c and d of {@link #ofMatrix}. */
    private final int a;

    private final int b;
    private final int c;
    private final int d;

    Orientation(int degrees, String filter, int a, int b, int c, int d) {
        this.degrees = degrees;
        this.filter = filter;
        this.a = a;
        this.b = b;
        this.c = c;
        this.d = d;
    }

    /** Degrees to turn clockwise. */
    public int degrees() {
        return degrees;
    }

    /** The FFmpeg filters that do it, empty when there is nothing to do. */
    public String filter() {
        return filter;
    }

    /** Whether width and height change places. */
    public boolean swapsSides() {
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

    /** This orientation, then turned counterclockwise by a number of quarter turns. */
    public Orientation thenCounterclockwise(int quarters) {
        Orientation turned = this;
        for (int i = 0; i < quarters; i++) {
            turned = turned.then(CLOCKWISE_270);
        }
        return turned;
    }

    /** This way, and then mirrored: left and right change places, or top and bottom. */
    public Orientation thenMirrored(boolean isLeftAndRight) {
        return then(isLeftAndRight ? MIRRORED : MIRRORED_UPSIDE_DOWN);
    }

    private Orientation then(Orientation next) {
        return ofMatrix(
                next.a * a + next.c * b, next.b * a + next.d * b, next.a * c + next.c * d, next.b * c + next.d * d);
    }

    /** From ffprobe's print of a matrix: three lines of an address and three numbers. */
    public static Orientation parse(String matrix) {
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
