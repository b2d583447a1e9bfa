package io.lipdrop.benchmark;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;

/**
 * A picture with a row for each moment: the face before and after, then the mouth before and after, larger. A frame
 * without a face is shown whole.
 */
final class ContactSheet {
    private static final int CELL = 320;
    private static final int COLUMNS = 4;
    private static final int LETTER_DOT = 3;
    private static final int MARGIN = 6;
    /** Sides of the crops in distances of the outer eye corners. */
    private static final double FACE_SIDE = 2.6;

    private static final double MOUTH_SIDE = 1.1;
    private static final int UPPER_LIP = 13;
    private static final int LOWER_LIP = 14;
    private static final int NOSE_TIP = 4;

    private final BufferedImage image;

    ContactSheet(int rows) {
        image = new BufferedImage(COLUMNS * CELL, rows * CELL, BufferedImage.TYPE_INT_RGB);
    }

    BufferedImage image() {
        return image;
    }

    void draw(int row, String label, Frame before, Frame after, @Nullable Face face) {
        BufferedImage left = colours(before);
        BufferedImage right = colours(after);
        Crop whole = face == null ? wholeOf(before) : faceOf(face);
        Crop mouth = face == null ? whole : mouthOf(face);
        cell(row, 0, left, whole);
        cell(row, 1, right, whole);
        cell(row, 2, left, mouth);
        cell(row, 3, right, mouth);
        SmallPrint.write(image, label, MARGIN, row * CELL + MARGIN, LETTER_DOT);
        SmallPrint.write(image, "after", CELL + MARGIN, row * CELL + MARGIN, LETTER_DOT);
    }

    private record Crop(double x, double y, double side, double roll) {}

    private static Crop wholeOf(Frame frame) {
        return new Crop(frame.width() / 2.0, frame.height() / 2.0, Math.max(frame.width(), frame.height()), 0);
    }

    private static Crop faceOf(Face face) {
        return new Crop(face.x(NOSE_TIP), face.y(NOSE_TIP), FACE_SIDE * trueEyeDistance(face), 0);
    }

    private static Crop mouthOf(Face face) {
        double x = (face.x(UPPER_LIP) + face.x(LOWER_LIP)) / 2;
        double y = (face.y(UPPER_LIP) + face.y(LOWER_LIP)) / 2;
        return new Crop(x, y, MOUTH_SIDE * trueEyeDistance(face), face.roll());
    }

    /** As if the head faced the camera. */
    private static double trueEyeDistance(Face face) {
        return face.eyeDistance() / Math.max(0.3, Math.cos(face.yaw()));
    }

    private void cell(int row, int column, BufferedImage picture, Crop crop) {
        BufferedImage cell = new BufferedImage(CELL, CELL, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = cell.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.translate(CELL / 2.0, CELL / 2.0);
        g.scale(CELL / crop.side, CELL / crop.side);
        g.rotate(-crop.roll);
        g.translate(-crop.x, -crop.y);
        g.drawImage(picture, 0, 0, null);
        g.dispose();
        Graphics2D onto = image.createGraphics();
        onto.drawImage(cell, column * CELL, row * CELL, null);
        onto.dispose();
    }

    /** BT.601, limited range: near enough for looking, whatever the video says of its colours. */
    private static BufferedImage colours(Frame frame) {
        int width = frame.width();
        byte[] data = frame.data();
        BufferedImage picture = new BufferedImage(width, frame.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < width; x++) {
                int chroma = y / 2 * (width / 2) + x / 2;
                double luma = 1.164 * ((data[y * width + x] & 0xff) - 16);
                int cb = (data[frame.cbOffset() + chroma] & 0xff) - 128;
                int cr = (data[frame.crOffset() + chroma] & 0xff) - 128;
                int red = level(luma + 1.596 * cr);
                int green = level(luma - 0.392 * cb - 0.813 * cr);
                int blue = level(luma + 2.017 * cb);
                picture.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return picture;
    }

    private static int level(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }
}
