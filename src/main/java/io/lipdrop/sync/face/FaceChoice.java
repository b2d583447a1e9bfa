package io.lipdrop.sync.face;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which face speaks, where a frame shows several. Left and right are the viewer's. */
public enum FaceChoice {
    LARGEST,
    LEFT,
    RIGHT,
    CENTER;

    /** Far smaller faces are passers-by or pictures on the wall, not the speaker. */
    private static final float SMALLEST_SHARE = 0.15f;

    @Nullable
    Box among(List<Box> faces, float frameWidth) {
        double largest = faces.stream().mapToDouble(Box::width).max().orElse(0);
        Comparator<Box> better = switch (this) {
            case LARGEST -> Comparator.comparingDouble(Box::area);
            case LEFT -> Comparator.comparingDouble(box -> -box.centerX());
            case RIGHT -> Comparator.comparingDouble(Box::centerX);
            case CENTER -> Comparator.comparingDouble(box -> -Math.abs(box.centerX() - frameWidth / 2));
        };
        return faces.stream()
                .filter(box -> box.width() >= SMALLEST_SHARE * largest)
                .max(better)
                .orElse(null);
    }
}
