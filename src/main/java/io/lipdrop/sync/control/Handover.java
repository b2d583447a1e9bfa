package io.lipdrop.sync.control;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** A bounded queue between two threads of one job, which lets go of both when the job is cut. */
public final class Handover<T> {
    private static final long LOOK_MILLIS = 100;

    private final BlockingQueue<Optional<T>> queue;
    private final JobControl control;

    public Handover(int capacity, JobControl control) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.control = control;
    }

    public void put(T item) {
        offer(Optional.of(item));
    }

    /** Nothing more will come. */
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
