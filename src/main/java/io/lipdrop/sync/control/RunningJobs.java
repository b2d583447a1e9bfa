package io.lipdrop.sync.control;

import io.lipdrop.job.Job;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.stage.Interruptible;
import io.lipdrop.stage.Uptime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The jobs that are being rendered, by their ids: each can be ended from any thread. */
@Component
public class RunningJobs implements Interruptible {
    private final ScheduledExecutorService scheduler;
    private final Uptime uptime;
    private final Map<String, JobControl> running = new ConcurrentHashMap<>();

    public RunningJobs(ScheduledExecutorService scheduler, Uptime uptime) {
        this.scheduler = scheduler;
        this.uptime = uptime;
    }

    /** Starts watching a job: until {@link #ended} it can be ended by its id. */
    public JobControl begin(Job job, Duration stall) {
        JobControl control = watch(job.videoName(), stall);
        running.put(job.id(), control);
        return control;
    }

    /** Watches work that is not a job. */
    public JobControl watch(String file, Duration stall) {
        return new JobControl(file, stall, scheduler, uptime);
    }

    /** The time by which phases and stalls are measured. */
    public Uptime uptime() {
        return uptime;
    }

    /** Stops watching a job, however it ended. Without effect if it is not known. */
    public void ended(Job job) {
        @Nullable JobControl control = running.remove(job.id());
        if (control != null) {
            control.close();
        }
    }

    @Override
    public void interrupt() {
        running.values().forEach(control -> control.end(new MachineUnfit("Lipdrop is stopping")));
    }

    @Override
    public boolean interrupt(String job, RuntimeException why) {
        JobControl control = running.get(job);
        if (control == null) {
            return false;
        }
        control.end(why);
        return true;
    }
}
