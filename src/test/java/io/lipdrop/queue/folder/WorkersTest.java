package io.lipdrop.queue.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.job.Job;
import io.lipdrop.job.Options;
import io.lipdrop.queue.JobQueue;
import io.lipdrop.queue.JobStore;
import io.lipdrop.queue.QueueGate;
import io.lipdrop.queue.Queues;
import io.lipdrop.queue.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Body;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** Several workers at the queue as it is configured, with work that ends when the test says so. */
class WorkersTest {
    @TempDir
    Path home;

    private final Bench bench = new Bench();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile long free = 1L << 40;
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private Folders folders;
    private FolderJobStore store;
    private JobQueue queue;
    private QueueTurn turn;
    private QueueGate gate;

    @BeforeEach
    void prepare() throws IOException {
        folders = new Folders(home, home, home, home, home, home, home.resolve("work"));
        Files.createDirectories(folders.queued());
        Files.createDirectories(folders.running());
        Files.writeString(home.resolve("voice.wav"), "voice");
        Files.writeString(home.resolve("film.mp4"), "film");
        Files.writeString(home.resolve("queue.camel.yaml"), """
                - route:
                    id: queue
                    description: The next job.
                    from:
                      uri: "{{lipdrop.queue}}"
                      steps:
                        - bean:
                            ref: jobQueue
                            method: begin
                        - bean:
                            ref: bench
                            method: work
                """);
        turn = new QueueTurn() {
            @Override
            public boolean begin(Consumer consumer, Endpoint endpoint) {
                looks.incrementAndGet();
                return super.begin(consumer, endpoint);
            }
        };
        store = FolderStores.store(folders, turn);
        gate = Queues.gate(folders, () -> Duration.ofDays(1), folder -> free);
        queue = Queues.queue(store, Queues.ledger(folders), gate);
    }

    @AfterEach
    void stop() {
        bench.isOver = true;
        camel.stop();
    }

    @Test
    void eachTakesTheNextJobInOrderAndNoneIsTakenTwice() throws Exception {
        List<String> ids = put(400, 0);
        start(4);

        for (int first = 0; first + 4 <= 400; first += 4) {
            Set<String> next = Set.copyOf(ids.subList(first, first + 4));
            await().pollInterval(Duration.ofMillis(2)).until(() -> bench.atWork.size() == 4);
            assertThat(bench.atWork).containsExactlyInAnyOrderElementsOf(next);
            bench.mayEnd.addAll(next);
            await().pollInterval(Duration.ofMillis(2)).until(() -> Collections.disjoint(bench.atWork, next));
        }

        assertThat(bench.begun).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(bench.most).isEqualTo(4);
        await().untilAsserted(() -> assertThat(queue.running()).isEmpty());
    }

    @Test
    void aJobThatIsPutBackIsTakenAgainOnlyWhenItsWorkerIsDoneWithIt() throws Exception {
        String id = put(1, 0).get(0);
        bench.putsBackTo = store;
        start(3);

        await().until(() -> bench.begun.size() == 1 && !queue.waiting().isEmpty());
        awaitLooks();
        assertThat(bench.begun).containsExactly(id);
        assertThat(queue.running()).isEmpty();
        bench.putsBackTo = null;
        bench.mayEnd.add(id);

        await().untilAsserted(() -> assertThat(bench.begun).containsExactly(id, id));
        assertThat(queue.running()).containsExactly(id);
    }

    @Test
    void aJobOnItsLastAttemptRunsAlone() throws Exception {
        String first = put(1, 0).get(0);
        String suspect = put(1, Job.MAX_ATTEMPTS - 1).get(0);
        put(2, 0);
        start(3);

        await().until(() -> bench.begun.size() == 1);
        awaitLooks();
        assertThat(bench.begun).containsExactly(first);
        bench.mayEnd.add(first);
        await().until(() -> bench.atWork.contains(suspect));
        awaitLooks();
        assertThat(bench.atWork).containsExactly(suspect);
        bench.mayEnd.add(suspect);
        await().until(() -> bench.atWork.size() == 2);
    }

    @Test
    void theNextWaitsWhereTheDiskHasRoomForOneOnly() throws Exception {
        List<String> ids = put(2, 0);
        free = 420L << 20; // 256 MB of it stay free, and each job needs 100
        start(2);

        await().until(() -> gate.reason() != null);
        assertThat(gate.reason()).startsWith("disk-full").contains("the next job and the running jobs need");
        assertThat(bench.begun).containsExactly(ids.get(0));
        bench.mayEnd.add(ids.get(0));

        await().untilAsserted(() -> assertThat(bench.begun).isEqualTo(ids));
        assertThat(gate.reason()).isNull();
    }

    @Test
    void whatSeveralWorkersLeftBehindGoesBackAndOneAttemptIsCounted() throws IOException {
        List<String> ids = put(3, 0);
        for (Path document : documents().subList(0, 2)) {
            Files.move(document, folders.running().resolve(document.getFileName()));
        }

        queue.recover();

        assertThat(queue.running()).isEmpty();
        assertThat(queue.waiting()).isEqualTo(ids);
        List<Integer> attempts = new ArrayList<>();
        for (Path document : documents()) {
            attempts.add(Documents.read(document, Job.class).attempts());
        }
        assertThat(attempts).containsExactly(1, 1, 0);
    }

    @Test
    void oneWorkerHasTheRouteAsItIsWritten() throws Exception {
        start(1);

        assertThat(camel.getRoutes()).hasSize(1);
        assertThat(camel.getRoute("queue").getEndpoint().getEndpointUri()).doesNotContain("worker");
    }

    @Test
    void furtherWorkersHaveRoutesOfTheirOwn() throws Exception {
        start(3);

        assertThat(camel.getRoutes()).extracting("id").containsExactlyInAnyOrder("queue", "queue-2", "queue-3");
        assertThat(camel.getRoute("queue-3").getDescription()).isEqualTo("The next job. Worker 3 of 3.");
    }

    /** Until the workers have looked at the queue often enough to take what they may take. */
    private void awaitLooks() {
        int before = looks.get();
        await().until(() -> looks.get() > before + 8);
    }

    private void start(int workers) throws Exception {
        YamlPropertiesFactoryBean settings = new YamlPropertiesFactoryBean();
        settings.setResources(new ClassPathResource("application.yaml"));
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "lipdrop.queue",
                settings.getObject()
                        .getProperty("lipdrop.queue")
                        .replace("${lipdrop.work}", folders.work().toString())));
        camel.getPropertiesComponent().setInitialProperties(properties);
        camel.getRegistry().bind("folderGate", FolderStores.gate(folders, gate));
        camel.getRegistry().bind("jobQueue", queue);
        camel.getRegistry().bind("bench", bench);
        Path file = home.resolve("queue.camel.yaml");
        List<Resource> routes = new ArrayList<>();
        routes.add(ResourceHelper.fromString("queue.camel.yaml", Files.readString(file)));
        routes.addAll(Queues.workers(store).further(camel, file, workers));
        PluginHelper.getRoutesLoader(camel).loadRoutes(routes);
        camel.start();
    }

    /** Puts jobs into the queue, in any order; their ids in the order of work. */
    private List<String> put(int count, int attempts) throws IOException {
        int before = queue.waiting().size();
        List<Job> jobs = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            jobs.add(job(before + number, attempts));
        }
        List<String> ids = jobs.stream().map(Job::id).toList();
        Collections.shuffle(jobs, new Random(7));
        for (Job job : jobs) {
            Files.write(folders.queued().resolve(JobDocument.of(job).fileName()), Documents.bytes(job));
        }
        return ids;
    }

    private List<Path> documents() throws IOException {
        return Records.documentsIn(folders.queued());
    }

    private Job job(int number, int attempts) {
        Path voice = home.resolve("voice.wav");
        Path film = home.resolve("film.mp4");
        String id = "talk-%03d".formatted(number);
        Job job = new Job(
                id,
                "talk",
                id,
                "voice.wav",
                voice,
                "film.mp4",
                film,
                Options.DEFAULTS,
                4,
                number,
                attempts,
                Instant.EPOCH);
        return Queues.needing(job, 100L << 20);
    }

    /** Work that lasts until the test lets one end. */
    public static final class Bench {
        private final Set<String> mayEnd = new ConcurrentSkipListSet<>();
        private final Set<String> atWork = new ConcurrentSkipListSet<>();
        private final List<String> begun = new CopyOnWriteArrayList<>();
        private volatile int most;
        private volatile boolean isOver;
        private volatile @Nullable JobStore putsBackTo;

        public void work(@Body Job job) throws Exception {
            begun.add(job.id());
            atWork.add(job.id());
            most = Math.max(most, atWork.size());
            JobStore queue = putsBackTo;
            if (queue != null) {
                queue.putBack(job);
            }
            while (!isOver && !mayEnd.remove(job.id())) {
                Thread.sleep(1);
            }
            atWork.remove(job.id());
        }
    }
}
