package io.lipdrop.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.SteppedClock;
import io.lipdrop.home.Folders;
import io.lipdrop.queue.opening.HoursNow;
import io.lipdrop.status.QueueStatus;
import io.lipdrop.status.QueueStatus.State;
import io.lipdrop.status.StatusEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitingQueueTest {
    private final SteppedClock clock = new SteppedClock();
    private NoticeFolder notices;
    private WaitingQueue queue;

    @BeforeEach
    void start(@TempDir Path home) {
        Path unused = home.resolve("unused");
        notices = new NoticeFolder(
                new Folders(home, unused, unused, unused, unused, unused, home.resolve("work")), clock);
        NoticeSettings settings = new NoticeSettings(
                "en",
                true,
                new NoticeSettings.Webhook(null, null),
                new NoticeSettings.Mail(null, null, "localhost", 25, null, null, "auto"));
        queue = new WaitingQueue(settings, notices, clock, clock);
    }

    @Test
    void aQueueThatWaitsForAMinuteIsToldOnce() throws IOException {
        is(State.WAITING, "disk-full: no room", 3);
        look(Duration.ofSeconds(59));
        assertThat(notices.waiting()).isEmpty();
        look(Duration.ofSeconds(1));
        look(Duration.ofMinutes(10));
        List<String> told = notices.waiting();
        assertThat(told).hasSize(1);
        Notice notice = notices.read(told.get(0)).orElseThrow();
        assertThat(notice.type()).isEqualTo("queue.waiting");
        assertThat(notice.data().path("reason").asText()).isEqualTo("disk-full: no room");
        assertThat(notice.data().path("queued").asInt()).isEqualTo(3);
    }

    @Test
    void itIsToldAgainWhenItWaitsAgain() throws IOException {
        is(State.WAITING, "disk-full: no room", 3);
        look(Duration.ofMinutes(1));
        is(State.OPEN, null, 3);
        look(Duration.ofMinutes(1));
        is(State.WAITING, "disk-full: no room", 3);
        look(Duration.ofMinutes(1));
        assertThat(notices.waiting()).hasSize(2);
    }

    @Test
    void anEmptyQueueAndOneThatIsMeantToWaitAreNotTold() throws IOException {
        is(State.WAITING, "disk-full: no room", 0);
        look(Duration.ofMinutes(2));
        queue.hear(new StatusEvent.QueueChanged(new QueueStatus(
                State.WAITING, "hours", null, 3, 0, null, new HoursNow("mon 20:00-06:00", "UTC", false, null, null))));
        look(Duration.ofMinutes(2));
        assertThat(notices.waiting()).isEmpty();
    }

    private void is(State state, @Nullable String reason, int queued) {
        queue.hear(new StatusEvent.QueueChanged(new QueueStatus(state, reason, null, queued, 0, null, null)));
        queue.hear(new StatusEvent.Looked());
    }

    private void look(Duration after) {
        queue.hear(new StatusEvent.Looked());
        clock.step(after);
        queue.hear(new StatusEvent.Looked());
    }
}
