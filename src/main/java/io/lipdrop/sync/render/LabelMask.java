package io.lipdrop.sync.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * The words "AI生成" as coverage, 0 to 1, in any size: drawn once from Noto Sans CJK Bold (SIL Open Font License 1.1), for neither Java nor
 * FFmpeg brings a font that has them.
 */
final class LabelMask {
    /** The drawing: Latin letters are so high in it, Chinese characters higher. */
    private static final int DRAWN_LETTER = 96;

    private static final int DRAWN_WIDTH = 382;
    private static final int DRAWN_HEIGHT = 125;

    /** Its sides in heights of its Latin letters, which are the smallest. */
    static final double WIDTH = (double) DRAWN_WIDTH / DRAWN_LETTER;

    static final double HEIGHT = (double) DRAWN_HEIGHT / DRAWN_LETTER;

    private static final String FILE = "ai-label.pgm.gz";
    private static final int HEADER = "P5\n382 125\n255\n".length();

    private final float[] coverage;
    private final int width;
    private final int height;

    private LabelMask(float[] coverage, int width, int height) {
        this.coverage = coverage;
        this.width = width;
        this.height = height;
    }

    /**
     * The words with Latin letters at least so high.
     *
     * @param letter pixels
     * @param pixelShape width of a pixel by its height
     */
    static LabelMask scaled(double letter, double pixelShape) {
        int height = Math.max(1, (int) Math.ceil(letter * HEIGHT));
        int width = Math.max(1, (int) Math.ceil(letter * WIDTH / pixelShape));
        byte[] drawn = drawn();
        float[] rows = new float[DRAWN_HEIGHT * width];
        for (int y = 0; y < DRAWN_HEIGHT; y++) {
            for (int x = 0; x < width; x++) {
                int row = HEADER + y * DRAWN_WIDTH;
                rows[y * width + x] = mean(at -> (drawn[row + at] & 0xff) / 255f, DRAWN_WIDTH, x, width);
            }
        }
        float[] coverage = new float[height * width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int column = x;
                coverage[y * width + x] = mean(at -> rows[at * width + column], DRAWN_HEIGHT, y, height);
            }
        }
        return new LabelMask(coverage, width, height);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** How much of a pixel the words cover; nothing outside. */
    float at(int x, int y) {
        return x < 0 || y < 0 || x >= width || y >= height ? 0 : coverage[y * width + x];
    }

    private interface Line {
        float at(int place);
    }

    /** The mean over what pixel {@code to} of {@code pixels} covers of a line, at least a whole place of it. */
    private static float mean(Line line, int places, int to, int pixels) {
        double step = (double) places / pixels;
        double half = Math.max(1, step) / 2;
        double from = Math.max(0, (to + 0.5) * step - half);
        double end = Math.min(places, (to + 0.5) * step + half);
        double sum = 0;
        for (int place = (int) from; place < end; place++) {
            sum += line.at(place) * (Math.min(end, place + 1) - Math.max(from, place));
        }
        return (float) (sum / (end - from));
    }

    private static byte[] drawn() {
        try (InputStream packed = Objects.requireNonNull(LabelMask.class.getResourceAsStream(FILE), FILE);
                InputStream file = new GZIPInputStream(packed)) {
            byte[] bytes = file.readAllBytes();
            if (bytes.length != HEADER + DRAWN_WIDTH * DRAWN_HEIGHT) {
                throw new IllegalStateException(FILE + " has another size");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
