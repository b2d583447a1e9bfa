package io.lipdrop.media.video;

import io.lipdrop.media.video.LoopedVideo.Fill;

/** The order of source frames when a video of {@code m} frames fills a longer sequence. */
final class FillOrder {

    /**
     * @param source the frame of the source
     * @param step +1 when the following ones come forwards, -1 backwards, 0 when this one stays
     * @param length how many frames follow each other in that direction, this one included
     */
    record Run(long source, int step, long length) {
        boolean isHold() {
            return step == 0;
        }
    }

    private FillOrder() {}

    static Run at(Fill fill, long m, long position) {
        if (m == 1 || (position >= m && (fill == Fill.HOLD || fill == Fill.TRIM))) {
            return new Run(m - 1, 0, 1);
        }
        if (fill == Fill.LOOP) {
            return forwards(position % m, m);
        }
        // There and back without doubling either end: 0 1 2 3 2 1 | 0 1 2 3 …
        long phase = fill == Fill.PINGPONG ? position % (2 * m - 2) : position;
        long back = 2 * m - 2 - phase;
        return phase < m ? forwards(phase, m) : new Run(back, -1, back);
    }

    private static Run forwards(long source, long m) {
        return new Run(source, 1, m - source);
    }
}
