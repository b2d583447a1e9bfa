package io.lipdrop.startup;

import io.lipdrop.files.FreeSpace;
import io.lipdrop.queue.WorkerRoutes;
import io.lipdrop.stage.EngineStatus;
import io.lipdrop.stage.Interruptible;
import io.lipdrop.stage.Recoverable;
import io.lipdrop.stage.Uptime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.CustomEditorConfigurer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.server.ConfigurableServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ConcurrentTaskScheduler;

/** Before the first route starts, everything half-done is recovered; when Lipdrop stops, the running jobs are given time. */
@Configuration
class Startup {
    private static final Logger log = LoggerFactory.getLogger(Startup.class);

    private static final int SCHEDULER_THREADS = 4;

    private final Interruptible running;
    private final Duration patience;

    Startup(Interruptible running, ShutdownSettings settings) {
        this.running = running;
        this.patience = settings.patience();
    }

    @Bean
    static CustomEditorConfigurer plainPaths() {
        CustomEditorConfigurer editors = new CustomEditorConfigurer();
        editors.setCustomEditors(Map.of(Path.class, PlainPathEditor.class));
        return editors;
    }

    @Bean
    static Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    static Uptime uptime() {
        long start = System.nanoTime();
        return () -> Duration.ofNanos(System.nanoTime() - start);
    }

    @Bean
    static FreeSpace freeSpace() {
        return folder -> Files.getFileStore(folder).getUsableSpace();
    }

    /** What ticks: stall watches, heartbeats, looks into folders. Short tasks only. */
    @Bean(destroyMethod = "shutdownNow")
    static ScheduledExecutorService scheduler() {
        AtomicInteger threads = new AtomicInteger();
        return Executors.newScheduledThreadPool(SCHEDULER_THREADS, task -> {
            Thread thread = new Thread(task, "lipdrop-scheduler-" + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Bean
    static TaskScheduler taskScheduler(ScheduledExecutorService scheduler) {
        return new ConcurrentTaskScheduler(scheduler);
    }

    /** The web server has no documents of its own, and would make an empty folder for them in the system's temporary one. */
    @Bean
    static WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> noDocuments() {
        return server -> TemporaryFolder.inside("documents").map(Path::toFile).ifPresent(folder -> {
            if (folder.isDirectory() || folder.mkdirs()) {
                server.setDocumentRoot(folder);
            }
        });
    }

    @Bean
    static CamelContextConfiguration recovery(
            List<Recoverable> stages,
            WorkerRoutes workers,
            EngineStatus engines,
            ShutdownSettings shutdown,
            @Value("${lipdrop.routes}") Path routes) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camel) {
                camel.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
                camel.getShutdownStrategy().setTimeout(shutdown.patience().toSeconds() + 15);
                try {
                    for (Recoverable stage : stages) {
                        stage.recover();
                    }
                    RouteFiles.load(camel, routes, workers, engines.workers());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void afterApplicationStart(CamelContext camel) {}
        };
    }

    /** The jobs have so long to finish; then they are put back, with what they have rendered, to go on at the next start. */
    @EventListener
    void stopping(ContextClosedEvent event) {
        log.info("Stopping; running jobs have {} s to finish", patience.toSeconds());
        var unused = CompletableFuture.runAsync(
                running::interrupt, CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
    }
}
