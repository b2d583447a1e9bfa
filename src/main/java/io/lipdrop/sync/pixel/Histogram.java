package io.lipdrop.sync.pixel;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import java.util.Arrays;

/** Counts of the 256 levels of a plane. */
public final class Histogram {
    private final int[] counts = new int[256];
    private int total;

    /** Forgets all levels. */
    public void clear() {
        Arrays.fill(counts, 0);
        total = 0;
    }

    /** Counts a level, rounded and limited to 0 to 255. */
    public void add(float level) {
        counts[clamp(Math.round(level), 0, 255)]++;
        total++;
    }

    /** The level below which this part of all lie. */
    public float quantile(float part) {
        int seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen > part * total) {
                return i;
            }
        }
        return 0;
    }
}
