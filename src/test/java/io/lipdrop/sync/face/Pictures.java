package io.lipdrop.sync.face;

import io.lipdrop.media.frame.Frame;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Frames from pictures and back (BT.601, limited range). */
public final class Pictures {
    private Pictures() {}

    public static BufferedImage astronaut() {
        try (InputStream in = Pictures.class.getResourceAsStream("/astronaut.png")) {
            if (in == null) {
                throw new IllegalStateException("astronaut.png is not on the class path");
            }
            return ImageIO.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty picture of one grey. */
    public static BufferedImage blank(int width, int height, int grey) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, grey << 16 | grey << 8 | grey);
            }
        }
        return image;
    }

    /** Draws a picture, scaled and turned about its middle, into another so that its middle comes to lie at (x, y). */
    public static void draw(
            BufferedImage onto, BufferedImage picture, double x, double y, double scale, double degrees) {
        Graphics2D g = onto.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.translate(x, y);
        g.rotate(Math.toRadians(degrees));
        g.scale(scale, scale);
        g.translate(-picture.getWidth() / 2.0, -picture.getHeight() / 2.0);
        g.drawImage(picture, 0, 0, null);
        g.dispose();
    }

    public static Frame frame(BufferedImage image) {
        int width = image.getWidth() & ~1;
        int height = image.getHeight() & ~1;
        Frame frame = new Frame(width, height);
        byte[] data = frame.data();
        for (int y = 0; y < height; y += 2) {
            for (int x = 0; x < width; x += 2) {
                float cb = 0;
                float cr = 0;
                for (int k = 0; k < 4; k++) {
                    int rgb = image.getRGB(x + (k & 1), y + (k >> 1));
                    int r = rgb >> 16 & 255;
                    int g = rgb >> 8 & 255;
                    int b = rgb & 255;
                    float grey = 0.299f * r + 0.587f * g + 0.114f * b;
                    data[(y + (k >> 1)) * width + x + (k & 1)] = (byte) Math.round(16 + grey * 219 / 255);
                    cb += (b - grey) / 1.772f;
                    cr += (r - grey) / 1.402f;
                }
                int at = y / 2 * (width / 2) + x / 2;
                data[frame.cbOffset() + at] = (byte) Math.round(128 + cb / 4 * 224 / 255);
                data[frame.crOffset() + at] = (byte) Math.round(128 + cr / 4 * 224 / 255);
            }
        }
        return frame;
    }

    /** A dissolve: 0 is the first, 1 the second. */
    static Frame mixed(Frame first, Frame second, float part) {
        Frame frame = copy(first);
        for (int i = 0; i < frame.data().length; i++) {
            int from = first.data()[i] & 255;
            frame.data()[i] = (byte) Math.round(from + part * ((second.data()[i] & 255) - from));
        }
        return frame;
    }

    public static BufferedImage image(Frame frame) {
        int width = frame.width();
        byte[] data = frame.data();
        BufferedImage image = new BufferedImage(width, frame.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < width; x++) {
                int at = y / 2 * (width / 2) + x / 2;
                float grey = ((data[y * width + x] & 255) - 16) * 255f / 219;
                float cb = ((data[frame.cbOffset() + at] & 255) - 128) * 255f / 224;
                float cr = ((data[frame.crOffset() + at] & 255) - 128) * 255f / 224;
                int r = level(grey + 1.402f * cr);
                int g = level(grey - 0.344136f * cb - 0.714136f * cr);
                int b = level(grey + 1.772f * cb);
                image.setRGB(x, y, r << 16 | g << 8 | b);
            }
        }
        return image;
    }

    public static Frame copy(Frame frame) {
        Frame copy = new Frame(frame.width(), frame.height());
        System.arraycopy(frame.data(), 0, copy.data(), 0, frame.data().length);
        return copy;
    }

    /** The frame in so many times as much light. */
    public static Frame lit(Frame frame, float factor) {
        Frame copy = copy(frame);
        for (int i = 0; i < copy.cbOffset(); i++) {
            copy.data()[i] = (byte) Math.min(235, 16 + factor * ((copy.data()[i] & 255) - 16));
        }
        return copy;
    }

    private static int level(float value) {
        return Math.max(0, Math.min(255, Math.round(value)));
    }
}
