package io.lipdrop.sync.warp;

import java.util.List;

/** How wide this person's mouth is as it opens, as its looks show it: a line through them. */
final class OwnRange {
    /** No mouth gets narrower or wider by more of its opening. */
    private static final float STEEPEST = 0.6f;
    /** Beyond the narrowest and the widest look a mouth goes by no more than this. */
    private static final float BEYOND = 0.03f;

    private final float middle;
    private final float slope;
    private final float least;
    private final float most;

    OwnRange(List<OwnLook> looks) {
        float[] widths = new float[looks.size()];
        double openings = 0;
        double sum = 0;
        for (int i = 0; i < widths.length; i++) {
            widths[i] = looks.get(i).width;
            openings += looks.get(i).opening;
            sum += widths[i];
        }
        double meanOpening = openings / widths.length;
        double meanWidth = sum / widths.length;
        double both = 0;
        double square = 1e-3;
        for (OwnLook look : looks) {
            both += (look.opening - meanOpening) * (look.width - meanWidth);
            square += (look.opening - meanOpening) * (look.opening - meanOpening);
        }
        slope = (float) Math.max(-STEEPEST, Math.min(STEEPEST, both / square));
        middle = (float) meanWidth;
        least = Quantiles.of(widths, 0.02f) - BEYOND;
        most = Quantiles.of(widths, 0.98f) + BEYOND;
    }

    /** The width that a shape asks of this mouth, corner to corner. */
    float width(MouthShape shape) {
        return Math.max(least, Math.min(most, middle + shape.width()));
    }
}
