package io.lipdrop.sync;

import java.util.Optional;

/** Tells of a file that ends well before it says: one that was not copied or recorded to its end. */
final class TruncationWarning {
    private static final double MIN_SECONDS = 1;
    private static final double MIN_SHARE = 0.02;

    private TruncationWarning() {}

    /**
     * What to say about a file, if anything.
     *
     * @param said how long the file says it is, 0 where it does not
     * @param seconds how long it was
     */
    static Optional<String> warning(String file, double said, double seconds) {
        if (said - seconds <= Math.max(MIN_SECONDS, MIN_SHARE * said)) {
            return Optional.empty();
        }
        return Optional.of("%s: header says %s, file ends at %s.".formatted(file, clock(said), clock(seconds)));
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return "%d:%02d".formatted(whole / 60, whole % 60);
    }
}
