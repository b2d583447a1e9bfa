package io.lipdrop.sync.warp;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxModel;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceChoice;
import io.lipdrop.sync.face.FaceTracker;
import io.lipdrop.sync.face.Pictures;
import io.lipdrop.sync.voice.MouthShape;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Draws a contact sheet: a row for each face, as it was, then with mouths of several shapes. Arguments: sheet, cell, files[@frame]. */
final class Gallery {
    private static final List<MouthShape> SHAPES = List.of(
            MouthShape.REST,
            new MouthShape(0.05f, 0, 0, 0, 0),
            new MouthShape(0.1f, 0, 0, 0, 0),
            new MouthShape(0.2f, 0, 0, 0, 0),
            new MouthShape(0.07f, 0.07f, 0, 0, 0.6f),
            new MouthShape(0.08f, -0.1f, 0, 0, 0),
            new MouthShape(0, 0, 1, 0, 0),
            new MouthShape(0, 0, 0, 1, 0),
            new MouthShape(0.05f, 0.03f, 0, 0, 1));

    private Gallery() {}

    public static void main(String[] args) throws IOException {
        int cell = Integer.parseInt(args[1]);
        List<BufferedImage> rows = new ArrayList<>();
        try (OnnxModel detector = OnnxModel.open(Path.of("models/face_detection_back_256x256.onnx"), Device.CPU);
                OnnxModel mesh = OnnxModel.open(Path.of("models/face_landmark_with_attention.onnx"), Device.CPU)) {
            for (int i = 2; i < args.length; i++) {
                String[] part = args[i].split("@", 2);
                int wanted = part.length > 1 ? Integer.parseInt(part[1]) : 0;
                rows.add(row(part[0], wanted, new FaceTracker(detector, mesh, FaceChoice.LARGEST), cell));
            }
        }
        BufferedImage sheet =
                new BufferedImage(cell * (SHAPES.size() + 1), cell * rows.size(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        for (int i = 0; i < rows.size(); i++) {
            g.drawImage(rows.get(i), 0, i * cell, null);
        }
        g.dispose();
        ImageIO.write(sheet, "png", new File(args[0]));
    }

    private static BufferedImage row(String file, int wanted, FaceTracker tracker, int cell) throws IOException {
        BufferedImage row = new BufferedImage(cell * (SHAPES.size() + 1), cell, BufferedImage.TYPE_INT_RGB);
        try (Clip.Reader clip = Clip.read(Path.of(file))) {
            MouthPainter painter = new MouthPainter();
            for (int i = 0; ; i++) {
                Frame frame = clip.next();
                if (frame == null) {
                    return row;
                }
                Face face = tracker.follow(frame);
                if (face != null && i < wanted) {
                    painter.paint(Pictures.copy(frame), face, MouthShape.REST, 1);
                }
                if (i == wanted && face != null) {
                    System.out.printf(
                            "%s eyes %.0f px, yaw %.2f, opening %.3f%n",
                            file, face.eyeDistance(), face.yaw(), face.opening());
                    show(row, 0, frame, face, cell);
                    for (int k = 0; k < SHAPES.size(); k++) {
                        Frame painted = Pictures.copy(frame);
                        painter.paint(painted, face, SHAPES.get(k), 1);
                        show(row, k + 1, painted, face, cell);
                    }
                    return row;
                }
            }
        }
    }

    private static void show(BufferedImage row, int column, Frame frame, Face face, int cell) {
        double scale = cell / (1.9 * face.eyeDistance() / Math.cos(face.yaw()));
        BufferedImage picture = Pictures.image(frame);
        BufferedImage out = new BufferedImage(cell, cell, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = out.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.translate(cell / 2.0, cell / 2.0);
        g.scale(scale, scale);
        g.translate(-face.x(0), -face.y(0) - 0.1 * face.eyeDistance());
        g.drawImage(picture, 0, 0, null);
        g.dispose();
        row.createGraphics().drawImage(out, column * cell, 0, null);
    }
}
