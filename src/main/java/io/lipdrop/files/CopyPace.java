package io.lipdrop.files;

/** How many bytes to copy at once, so that a step takes some tenths of a second on any disk or share. */
final class CopyPace {
    private static final long MIN_BYTES = 64 << 10;
    private static final long MAX_BYTES = 64 << 20;
    private static final long FIRST_BYTES = 1 << 20;
    private static final long SHORT_NANOS = 100_000_000;
    private static final long LONG_NANOS = 300_000_000;

    private long bytes = FIRST_BYTES;
    private long begun = System.nanoTime();

    /** For the step that begins. */
    long bytes() {
        return bytes;
    }

    /** One step has ended, the next begins. */
    void next() {
        long now = System.nanoTime();
        long took = now - begun;
        begun = now;
        if (took < SHORT_NANOS) {
            bytes = Math.min(MAX_BYTES, bytes * 2);
        } else if (took > LONG_NANOS) {
            bytes = Math.max(MIN_BYTES, bytes / 2);
        }
    }
}
