package io.lipdrop.sync.control;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** A bounded queue between two threads of one job; both stop waiting when the job is cut. */
public final class Handover<T> {
    private static final long LOOK_MILLIS = 100;

    private final BlockingQueue<Optional<T>> queue;
    private final JobControl control;

    /** A queue for at most {@code capacity} items of the job that {@code control} ends. */
    public Handover(int capacity, JobControl control) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.control = control;
    }

    /**
     * Adds an item; waits while the queue is full. Called by one thread.
     *
     * @throws RuntimeException why the job is being ended, if it is; then the item was not added
     */
    public void put(T item) {
        offer(Optional.of(item));
    }

    /** Marks the end: no item follows. */
    public void end() {
        offer(Optional.empty());
    }

    /** The next item, or nothing at the end. */
    public Optional<T> take() {
        try {
            while (true) {
                control.check();
                Optional<T> item = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (item != null) {
                    return item;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    private void offer(Optional<T> item) {
        try {
            do {
                control.check();
            } while (!queue.offer(item, LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}
