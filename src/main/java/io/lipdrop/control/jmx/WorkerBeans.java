package io.lipdrop.control.jmx;

import io.lipdrop.queue.JobQueue;
import io.lipdrop.stage.EngineStatus;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.BatchStatuses;
import java.util.Optional;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jmx.export.MBeanExporter;
import org.springframework.stereotype.Component;

/** Registers {@code io.lipdrop:type=Worker,name=…}, one for each worker; they go with the application. */
@Component
class WorkerBeans {
    private final ObjectProvider<MBeanExporter> exporter;
    private final EngineStatus engines;
    private final JobQueue queue;
    private final BatchStatuses statuses;

    WorkerBeans(ObjectProvider<MBeanExporter> exporter, EngineStatus engines, JobQueue queue, BatchStatuses statuses) {
        this.exporter = exporter;
        this.engines = engines;
        this.queue = queue;
        this.statuses = statuses;
    }

    @EventListener(ApplicationReadyEvent.class)
    void register() throws MalformedObjectNameException {
        MBeanExporter beans = exporter.getIfAvailable();
        for (int worker = 1; beans != null && worker <= engines.workers(); worker++) {
            int number = worker;
            beans.registerManagedResource(
                    new WorkerBean(number, engines, () -> jobOf(number)),
                    new ObjectName("io.lipdrop:type=Worker,name=" + number));
        }
    }

    private Optional<JobStatus> jobOf(int worker) {
        return queue.inHandOf(worker).flatMap(statuses::job).map(BatchStatuses.OpenJob::status);
    }
}
