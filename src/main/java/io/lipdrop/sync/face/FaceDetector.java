package io.lipdrop.sync.face;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Finds faces with BlazeFace, back camera (Bazarevsky et al., 2019; model card in {@code models/}). One owner at a time.
 *
 * <p>The network sees the whole frame as 256 × 256 pixels. Its anchors are the centres of a 16 × 16 grid, two each, then
 * of an 8 × 8 grid, six each; boxes and key points are offsets from them in network pixels.
 */
public final class FaceDetector {
    private static final int SIDE = 256;
    private static final float SURE = 0.6f;
    private static final float SAME_FACE = 0.3f;
    static final float SURROUNDINGS = 2.5f;
    private static final int NUMBERS_PER_BOX = 16;
    /** A closer look sees a square of this part of the frame's shorter side; the next square begins at this part of its side. */
    private static final float CLOSER = 0.6f;

    private static final float CLOSER_STEP = 0.75f;

    private final OnnxModel model;
    private final Crop crop = new Crop(SIDE, Crop.Layout.LAST_SIGNED);

    /** Detects with this model, which the caller closes. */
    public FaceDetector(OnnxModel model) {
        this.model = model;
    }

    /** All faces in the frame, the surest first; empty if there is none. */
    public List<Box> detect(Frame frame) {
        float side = Math.max(frame.width(), frame.height());
        return detect(frame, new Square((frame.width() - 1) / 2f, (frame.height() - 1) / 2f, side, 0));
    }

    /** Faces too small for {@link #detect}: looks at overlapping parts of the frame one by one, at about ten times the cost. */
    public List<Box> detectCloser(Frame frame) {
        float side = Math.min(frame.width(), frame.height()) * CLOSER;
        int columns = (int) Math.ceil(frame.width() / (CLOSER_STEP * side));
        int rows = (int) Math.ceil(frame.height() / (CLOSER_STEP * side));
        List<Box> found = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                float x = side / 2 + column * (frame.width() - side) / Math.max(1, columns - 1);
                float y = side / 2 + row * (frame.height() - side) / Math.max(1, rows - 1);
                found.addAll(detect(frame, new Square(x, y, side, 0)));
            }
        }
        return withoutDoubles(found);
    }

    /** Faces that look like some when the frame is turned upside down. */
    List<Box> detectUpsideDown(Frame frame) {
        float side = Math.max(frame.width(), frame.height());
        float half = (float) Math.PI;
        return detect(frame, new Square((frame.width() - 1) / 2f, (frame.height() - 1) / 2f, side, half));
    }

    /**
     * How much a face in the middle of this square looks like one that is upright there, as the logarithm of the odds: about 3 if it is
     * one and 1 if it is upside down, where the square is {@link #SURROUNDINGS} times that of the mesh.
     */
    float certainty(Frame frame, Square where) {
        Map<String, float[]> output = run(frame, where);
        float most = Float.NEGATIVE_INFINITY;
        for (String scores : List.of("Identity:0", "Identity_1:0")) {
            for (float score : values(output, scores)) {
                most = Math.max(most, score);
            }
        }
        return most;
    }

    private Map<String, float[]> run(Frame frame, Square where) {
        return model.run("input:0", crop.take(frame, where), 1, SIDE, SIDE, 3);
    }

    /** The faces in a square of the frame, the surest first. */
    List<Box> detect(Frame frame, Square where) {
        Map<String, float[]> output = run(frame, where);
        List<Box> found = new ArrayList<>();
        collect(found, where, values(output, "Identity:0"), values(output, "Identity_2:0"), 16, 2);
        collect(found, where, values(output, "Identity_1:0"), values(output, "Identity_3:0"), 8, 6);
        return withoutDoubles(found);
    }

    private static float[] values(Map<String, float[]> output, String name) {
        float[] values = output.get(name);
        if (values == null) {
            throw new IllegalArgumentException("The face detector has no output " + name);
        }
        return values;
    }

    private static void collect(
            List<Box> found, Square where, float[] scores, float[] boxes, int grid, int anchorsPerCell) {
        float scale = where.side() / SIDE;
        float cos = (float) Math.cos(where.roll()) * scale;
        float sin = (float) Math.sin(where.roll()) * scale;
        for (int i = 0; i < scores.length; i++) {
            float score = (float) (1 / (1 + Math.exp(-scores[i])));
            if (score < SURE) {
                continue;
            }
            int cell = i / anchorsPerCell;
            int row = cell / grid;
            float anchorX = (cell % grid + 0.5f) * SIDE / grid;
            float anchorY = (row + 0.5f) * SIDE / grid;
            int at = i * NUMBERS_PER_BOX;
            float width = boxes[at + 2] * scale;
            float height = boxes[at + 3] * scale;
            float u = anchorX + boxes[at] - SIDE / 2f;
            float v = anchorY + boxes[at + 1] - SIDE / 2f;
            float x = where.centerX() + u * cos - v * sin - width / 2;
            float y = where.centerY() + u * sin + v * cos - height / 2;
            // Key points 0 and 1 are the person's right and left eye.
            float roll = (float) Math.atan2(boxes[at + 7] - boxes[at + 5], boxes[at + 6] - boxes[at + 4]);
            found.add(new Box(x, y, width, height, roll + where.roll(), score));
        }
    }

    private static List<Box> withoutDoubles(List<Box> found) {
        found.sort(Comparator.comparingDouble(Box::score).reversed());
        List<Box> kept = new ArrayList<>();
        for (Box box : found) {
            if (kept.stream().noneMatch(other -> other.overlap(box) > SAME_FACE)) {
                kept.add(box);
            }
        }
        return kept;
    }
}
