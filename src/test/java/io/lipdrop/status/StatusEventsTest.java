package io.lipdrop.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lipdrop.job.JobState;
import io.lipdrop.job.Phase;
import io.lipdrop.status.BatchStatus.JobStatus;
import io.lipdrop.status.StatusEvent.HealthChanged;
import io.lipdrop.status.StatusEvent.JobChanged;
import io.lipdrop.status.StatusEvent.JobProgressed;
import io.lipdrop.status.StatusEvent.Looked;
import io.lipdrop.status.StatusEvent.QueueChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusEventsTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<StatusEvent> heard = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch answer = new CountDownLatch(1);

    @AfterEach
    void end() {
        answer.countDown();
        threads.shutdownNow();
    }

    @Test
    void everyListenerHearsEverythingInOrder() {
        List<StatusEvent> other = Collections.synchronizedList(new ArrayList<>());
        StatusEvents events = new StatusEvents(List.of(heard::add, other::add), threads);
        List<StatusEvent> told = IntStream.range(0, 1000)
                .<StatusEvent>mapToObj(number -> new JobChanged("talk", job("talk-" + number, JobState.QUEUED, 0)))
                .toList();

        told.forEach(events::publish);

        await().untilAsserted(() -> assertThat(heard).isEqualTo(told));
        await().untilAsserted(() -> assertThat(other).isEqualTo(told));
    }

    @Test
    void whatSeveralThreadsPublishComesInOneOrderToAll() throws Exception {
        List<StatusEvent> other = Collections.synchronizedList(new ArrayList<>());
        StatusEvents events = new StatusEvents(List.of(heard::add, other::add), threads);
        List<Future<?>> publishers = new ArrayList<>();
        for (String batch : List.of("one", "two")) {
            publishers.add(threads.submit(() -> IntStream.range(0, 500)
                    .forEach(number -> events.publish(new JobChanged(batch, job(batch, JobState.QUEUED, number))))));
        }
        for (Future<?> publisher : publishers) {
            publisher.get();
        }

        await().untilAsserted(() -> assertThat(heard).hasSize(1000));
        await().untilAsserted(() -> assertThat(other).isEqualTo(heard));
    }

    @Test
    void aListenerThatDoesNotAnswerHoldsUpNobody() {
        StatusEvents events = new StatusEvents(List.of(this::hang, heard::add), threads);
        StatusEvent first = new Looked();
        StatusEvent second = new JobChanged("talk", job("talk-01", JobState.DONE, 0));

        events.publish(first);
        events.publish(second);

        await().untilAsserted(() -> assertThat(heard).containsExactly(first, second));
    }

    @Test
    void aListenerThatThrowsHarmsNobodyAndHearsTheNext() {
        List<StatusEvent> tried = Collections.synchronizedList(new ArrayList<>());
        StatusListener failing = event -> {
            tried.add(event);
            if (event instanceof Looked) {
                throw new IllegalStateException("no room");
            }
            throw new NoClassDefFoundError("a class that is gone");
        };
        StatusEvents events = new StatusEvents(List.of(failing, heard::add), threads);
        StatusEvent first = new Looked();
        StatusEvent second = new JobChanged("talk", job("talk-01", JobState.DONE, 0));
        StatusEvent third = new JobChanged("talk", job("talk-02", JobState.DONE, 0));

        List.of(first, second, third).forEach(events::publish);

        await().untilAsserted(() -> assertThat(heard).containsExactly(first, second, third));
        await().untilAsserted(() -> assertThat(tried).containsExactly(first, second, third));
    }

    @Test
    void toOneThatIsBehindOnlyTheNewestProgressIsTold() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        StatusListener slow = event -> {
            if (heard.isEmpty()) {
                begun.countDown();
                hang(event);
            }
            heard.add(event);
        };
        StatusEvents events = new StatusEvents(List.of(slow), threads);
        StatusEvent first = new Looked();
        events.publish(first);
        begun.await();

        events.publish(progress("talk-01", 1));
        events.publish(progress("talk-02", 1));
        events.publish(queue(3));
        events.publish(new HealthChanged(new HealthStatus(List.of("no room"))));
        StatusEvent phase = new JobChanged("talk", job("talk-01", JobState.RUNNING, 2));
        events.publish(phase);
        events.publish(progress("talk-01", 2));
        events.publish(progress("talk-01", 3));
        events.publish(queue(2));
        StatusEvent fit = new HealthChanged(new HealthStatus(List.of()));
        events.publish(fit);
        StatusEvent done = new JobChanged("talk", job("talk-02", JobState.DONE, 0));
        events.publish(done);
        answer.countDown();

        await().untilAsserted(() -> assertThat(heard)
                .containsExactly(first, progress("talk-02", 1), phase, progress("talk-01", 3), queue(2), fit, done));
    }

    @Test
    void whatIsPublishedAfterTheEndIsNobodysTrouble() throws InterruptedException {
        StatusEvents events = new StatusEvents(List.of(heard::add), threads);
        events.publish(new Looked());
        events.destroy();
        assertThat(heard).hasSize(1);

        events.publish(new Looked());
        assertThat(heard).hasSize(1);
    }

    private void hang(StatusEvent event) {
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static StatusEvent queue(int queued) {
        return new QueueChanged(new QueueStatus(QueueStatus.State.OPEN, null, null, queued, 1, null, null));
    }

    private static StatusEvent progress(String job, long frame) {
        return new JobProgressed("talk", job(job, JobState.RUNNING, frame));
    }

    private static JobStatus job(String id, JobState state, long frame) {
        return new JobStatus(
                id, "a.mp4", state, Phase.RENDERING, frame, 9L, 0.0, null, 0, null, null, null, null, Instant.EPOCH);
    }
}
