package io.lipdrop.web.events;

import static io.lipdrop.web.events.ToldEvents.batch;
import static io.lipdrop.web.events.ToldEvents.job;
import static io.lipdrop.web.events.ToldEvents.progress;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.lipdrop.SteppedClock;
import io.lipdrop.job.JobState;
import io.lipdrop.status.HealthStatus;
import io.lipdrop.status.StatusEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final EventJson JSON =
            new EventJson(JsonMapper.builder().addModule(new JavaTimeModule()).build());

    private final EventLog log = new EventLog(JSON, new SteppedClock(), 100, 1 << 20);

    @Test
    void eachEventHasAnIdAndTheWholeState() {
        log.add(batch("talk", JobState.QUEUED));
        assertThat(textAfter(0))
                .isEqualTo(
                        "id: 0-1\nevent: batch\ndata: {\"batch\":\"talk\",\"manifest\":\"talk.yaml\",\"state\":\"queued\","
                                + "\"message\":\"words\",\"jobs\":{\"queued\":1},\"createdAt\":0.0,\"updatedAt\":0.0}\n\n");
    }

    @Test
    void aNameWithLineBreaksStaysInItsLine() {
        log.add(batch("a\r\n\ndata: b\u2028", JobState.QUEUED));
        assertThat(textAfter(0).lines()).hasSize(4).last().isEqualTo("");
    }

    @Test
    void whatOnlySaysThatItWasLookedIsNoEvent() {
        assertThat(log.add(new StatusEvent.Looked())).isFalse();
        assertThat(log.next(0)).isNull();
    }

    @Test
    void progressThatIsOutdatedIsLeftOutAndNothingElseIs() {
        log.add(job("talk", "talk-01", JobState.RUNNING)); // 1
        log.add(progress("talk", "talk-01", 1)); // 2
        log.add(progress("talk", "talk-02", 1)); // 3
        log.add(progress("talk", "talk-01", 2)); // 4
        log.add(batch("talk", JobState.RUNNING)); // 5
        assertThat(numbersAfter(0)).containsExactly(1L, 3L, 4L, 5L);

        log.add(job("talk", "talk-01", JobState.DONE)); // 6
        assertThat(numbersAfter(0)).containsExactly(1L, 3L, 5L, 6L);
        log.add(batch("talk", JobState.DONE)); // 7
        assertThat(numbersAfter(0)).containsExactly(1L, 5L, 6L, 7L);
    }

    @Test
    void anIdLeadsToItsPlaceAndAnyOtherToTheState() {
        log.add(batch("talk", JobState.QUEUED));
        log.add(batch("talk", JobState.RUNNING));
        assertThat(log.after("0-1")).isEqualTo(1);
        assertThat(log.after(" 0-2 ")).isEqualTo(2);
        assertThat(log.after("0-3")).as("never sent").isEqualTo(-1);
        assertThat(log.after("1-1")).as("another start").isEqualTo(-1);
        for (String other : new String[] {null, "", "-", "1", "0-", "0-x", "0-99999999999999999999", "0-1\n"}) {
            assertThat(log.after(other)).as("%s", other).isEqualTo("0-1\n".equals(other) ? 1 : -1);
        }
    }

    @Test
    void whatTheRingHasLostIsNotKept() {
        for (int count = 0; count < 250; count++) {
            log.add(batch("talk-" + count, JobState.QUEUED));
        }
        assertThat(log.isKept(149)).isFalse();
        assertThat(log.after("0-149")).isEqualTo(-1);
        assertThat(log.isKept(150)).isTrue();
        assertThat(numbersAfter(150)).hasSize(100).startsWith(151L).endsWith(250L);
    }

    @Test
    void whatIsLostIsNeitherHeldNorTakenForSomethingNewer() {
        EventLog small = new EventLog(JSON, new SteppedClock(), 10, 1000);
        for (int count = 0; count < 8; count++) {
            small.add(batch("talk-" + count, JobState.QUEUED));
        }
        assertThat(small.isKept(1)).isFalse();
        assertThat(small.next(1)).as("lost for its bytes").isNull();
        assertThat(small.held()).isLessThan(8);
        for (int count = 0; count < 20; count++) {
            small.add(batch("more-" + count, JobState.QUEUED));
        }
        assertThat(small.next(1)).as("another one has its place").isNull();
    }

    @Test
    void theRingIsBoundInBytesToo() {
        EventLog small = new EventLog(JSON, new SteppedClock(), 100, 2000);
        for (int count = 0; count < 50; count++) {
            small.add(batch("talk-" + count, JobState.QUEUED));
        }
        assertThat(small.isKept(50 - 20)).isFalse();
        assertThat(small.isKept(50 - 8)).isTrue();

        small.add(new StatusEvent.HealthChanged(new HealthStatus(List.of("x".repeat(5000)))));
        assertThat(small.isKept(50)).as("the newest is kept however long it is").isTrue();
        assertThat(small.isKept(49)).isFalse();
    }

    @Test
    void theStateIsWhatIsOpenAndItsIdComesLast() {
        log.add(job("old", "old-01", JobState.DONE));
        log.add(batch("old", JobState.DONE));
        log.add(job("gone", "gone-01", JobState.QUEUED));
        log.add(batch("gone", JobState.QUEUED));
        log.add(new StatusEvent.BatchGone("gone"));
        log.add(job("talk", "talk-01", JobState.QUEUED));
        log.add(batch("talk", JobState.QUEUED));
        log.add(new StatusEvent.HealthChanged(new HealthStatus(List.of())));
        log.add(progress("talk", "talk-01", 7));

        List<String> blocks = blocks(log.snapshot());
        assertThat(blocks).hasSize(5);
        assertThat(blocks.get(0)).isEqualTo("event: reset\ndata: {}\n\n");
        assertThat(blocks.get(1)).startsWith("event: batch\ndata: {\"batch\":\"talk\"");
        assertThat(blocks.get(2)).startsWith("event: job\n").contains("\"frame\":7");
        assertThat(blocks.get(3)).isEqualTo("event: health\ndata: {\"reasons\":[],\"fit\":true}\n\n");
        assertThat(blocks.get(4)).isEqualTo("id: 0-9\n\n");
        assertThat(log.snapshot().number()).isEqualTo(9);
    }

    @Test
    void oneStateServesManyClientsUntilItIsOld() {
        log.add(batch("talk", JobState.QUEUED));
        EventLog.Snapshot first = log.snapshot();
        log.add(batch("talk", JobState.DONE));
        assertThat(log.snapshot()).isSameAs(first);
        for (int count = 0; count < 99; count++) {
            log.add(batch("more", JobState.QUEUED));
        }
        assertThat(log.isKept(first.number())).isTrue();
        log.add(batch("more", JobState.RUNNING));
        assertThat(log.snapshot().number()).isEqualTo(102);
    }

    @Test
    void thatABatchIsThereNoMoreIsSaidOfTheBatch() {
        log.add(new StatusEvent.BatchGone("talk"));
        assertThat(textAfter(0)).isEqualTo("id: 0-1\nevent: batch\ndata: {\"batch\":\"talk\",\"deleted\":true}\n\n");
    }

    private List<Long> numbersAfter(long number) {
        List<Long> numbers = new ArrayList<>();
        for (Event next = log.next(number); next != null; next = log.next(next.number())) {
            numbers.add(next.number());
        }
        return numbers;
    }

    private String textAfter(long number) {
        return new String(Objects.requireNonNull(log.next(number)).block(), UTF_8);
    }

    private static List<String> blocks(EventLog.Snapshot snapshot) {
        return snapshot.blocks().stream().map(block -> new String(block, UTF_8)).toList();
    }
}
