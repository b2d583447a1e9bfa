package io.lipdrop.status;

import io.lipdrop.SteppedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.Trigger;

/** Runs what is due when its clock is stepped; for tasks that run once. */
final class SteppedScheduler implements TaskScheduler {
    private final SteppedClock clock;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparing(task -> task.at));

    SteppedScheduler(SteppedClock clock) {
        this.clock = clock;
    }

    void step(Duration duration) {
        clock.step(duration);
        while (!tasks.isEmpty() && !tasks.element().at.isAfter(clock.instant())) {
            tasks.remove().run();
        }
    }

    int waiting() {
        return tasks.size();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, Instant startTime) {
        Task scheduled = new Task(task, startTime);
        tasks.add(scheduled);
        return scheduled;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, Trigger trigger) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, Instant startTime, Duration period) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, Duration period) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, Instant startTime, Duration delay) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, Duration delay) {
        throw new UnsupportedOperationException();
    }

    private final class Task extends FutureTask<Void> implements RunnableScheduledFuture<Void> {
        private final Instant at;

        Task(Runnable task, Instant at) {
            super(task, null);
            this.at = at;
        }

        @Override
        public boolean isPeriodic() {
            return false;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(clock.instant(), at));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
