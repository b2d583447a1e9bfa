package io.lipdrop.control.jmx;

import io.lipdrop.stage.EngineStatus;
import io.lipdrop.status.BatchStatus.JobStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedResource;

/** One worker as a console sees it. */
@ManagedResource(description = "A worker: one job at a time")
public class WorkerBean {
    private final int number;
    private final EngineStatus engines;
    private final Supplier<Optional<JobStatus>> job;

    WorkerBean(int number, EngineStatus engines, Supplier<Optional<JobStatus>> job) {
        this.number = number;
        this.engines = engines;
        this.job = job;
    }

    @ManagedAttribute(description = "Where networks run that this worker uses, as far as it is known")
    public String getDevice() {
        List<EngineStatus.Runner> runners = engines.runners();
        return runners.size() < number ? "" : runners.get(number - 1).device();
    }

    @ManagedAttribute(description = "The id of the job that it works on; empty where it waits for one")
    public String getJob() {
        return job.get().map(JobStatus::job).orElse("");
    }

    @ManagedAttribute(
            description = "What it is doing: loading-model, reading-audio, tracking-face, rendering, delivering")
    public String getPhase() {
        return job.get()
                .flatMap(now -> Optional.ofNullable(now.phase()))
                .map(phase -> phase.label())
                .orElse("");
    }

    @ManagedAttribute(description = "How much of the frames is done, in percent")
    public double getPercent() {
        return job.get().flatMap(now -> Optional.ofNullable(now.percent())).orElse(0.0);
    }

    @ManagedAttribute(description = "What draws the job, in words")
    public String getDrawnBy() {
        return job.get().flatMap(now -> Optional.ofNullable(now.message())).orElse("");
    }
}
