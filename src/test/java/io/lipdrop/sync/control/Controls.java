package io.lipdrop.sync.control;

import io.lipdrop.stage.Uptime;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The control of jobs, for tests. */
public final class Controls {
    /** One for all tests, of daemon threads. */
    public static final ScheduledExecutorService SCHEDULER = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "test-scheduler");
        thread.setDaemon(true);
        return thread;
    });

    private static final Uptime UPTIME = () -> Duration.ofNanos(System.nanoTime());

    private Controls() {}

    /** The control of a job that never stalls. */
    public static JobControl calm() {
        return control("film.mp4", Duration.ofMinutes(5));
    }

    public static JobControl control(String file, Duration stall) {
        return new JobControl(file, stall, SCHEDULER, UPTIME);
    }

    public static RunningJobs running() {
        return new RunningJobs(SCHEDULER, UPTIME);
    }
}
