package io.lipdrop.sync.neural;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import io.lipdrop.sync.pixel.Levels;

/** From luma and chroma of limited range (0 to 255) to red, green and blue (0 to 1) and back, as a video's matrix says. */
public final class Colours {
    private static final float LUMA_RANGE = 219;
    private static final float CHROMA_RANGE = 224;

    private final float red;
    private final float green;
    private final float blue;

    private Colours(float red, float blue) {
        this.red = red;
        this.blue = blue;
        this.green = 1 - red - blue;
    }

    /** The conversion for FFmpeg's name of a matrix; that of ITU-R BT.601 where the file names none. */
    public static Colours of(String matrix) {
        return switch (matrix) {
            case "bt709" -> new Colours(0.2126f, 0.0722f);
            case "bt2020nc", "bt2020c" -> new Colours(0.2627f, 0.0593f);
            default -> new Colours(0.299f, 0.114f);
        };
    }

    /** Writes red, green and blue of one pixel. */
    void toRgb(float luma, float cb, float cr, float[] rgb) {
        float grey = (luma - Levels.BLACK) / LUMA_RANGE;
        float blueDifference = (cb - Levels.GREY) / CHROMA_RANGE * 2 * (1 - blue);
        float redDifference = (cr - Levels.GREY) / CHROMA_RANGE * 2 * (1 - red);
        rgb[0] = clamp(grey + redDifference);
        rgb[2] = clamp(grey + blueDifference);
        rgb[1] = clamp(grey - (red * redDifference + blue * blueDifference) / green);
    }

    /** Writes luma and chroma of one pixel of a patch; values outside 0 … 1 are clipped. */
    void toPatch(float r, float g, float b, Patch patch, int pixel) {
        float grey = red * clamp(r) + green * clamp(g) + blue * clamp(b);
        patch.planes()[0][pixel] = Levels.BLACK + LUMA_RANGE * grey;
        patch.planes()[1][pixel] = Levels.GREY + CHROMA_RANGE * (clamp(b) - grey) / (2 * (1 - blue));
        patch.planes()[2][pixel] = Levels.GREY + CHROMA_RANGE * (clamp(r) - grey) / (2 * (1 - red));
    }
}
