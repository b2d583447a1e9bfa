package io.lipdrop.benchmark;

/** Watches the memory of a process and everything it starts, five times a second, until closed. */
final class PeakMemory implements AutoCloseable {
    private static final long MILLIS_BETWEEN_LOOKS = 200;

    private final Thread watcher;
    private volatile long peak;

    PeakMemory(long pid) {
        watcher = new Thread(() -> watch(pid), "peak-memory");
        watcher.setDaemon(true);
        watcher.start();
    }

    long bytes() {
        return peak;
    }

    private void watch(long pid) {
        try {
            while (true) {
                peak = Math.max(peak, Processes.residentBytes(pid));
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
