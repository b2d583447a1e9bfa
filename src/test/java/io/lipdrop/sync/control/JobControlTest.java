package io.lipdrop.sync.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lipdrop.SteppedClock;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.MachineUnfit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobControlTest {
    private final SteppedClock clock = new SteppedClock();

    @Test
    void aJobInWhichNothingMovesStallsByTheClockThatIsInjected() {
        try (JobControl control = new JobControl("film.mp4", Duration.ofMillis(200), Controls.SCHEDULER, clock)) {
            await().during(Duration.ofMillis(400)).until(() -> !control.isCut());
            clock.step(Duration.ofMillis(201));
            await().until(control::isCut);

            assertThatThrownBy(control::check)
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo(FailureCode.STALLED));
        }
    }

    @Test
    void theFirstReasonStaysAndWhatBlocksIsCutAlsoWhenItComesLater() {
        AtomicInteger cuts = new AtomicInteger();
        JobControl control = Controls.calm();
        control.cut(() -> {
            throw new IllegalStateException("the disk is read-only");
        });
        control.cut(cuts::incrementAndGet);
        MachineUnfit stopping = new MachineUnfit("stopping");

        control.end(stopping);
        control.end(new MachineUnfit("met because of that"));
        control.cut(cuts::incrementAndGet);

        await().untilAsserted(() -> assertThat(cuts).hasValue(2));
        assertThat(control.reasonOr(new IllegalStateException())).isSameAs(stopping);
        assertThat(control.isCancelled()).isFalse();
    }

    @Test
    void workThatNothingCanCutIsLeftBehindAndItsResultIsHandedOver() {
        JobControl control = Controls.calm();
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicReference<@Nullable String> late = new AtomicReference<>();
        CompletableFuture<String> result = CompletableFuture.supplyAsync(() -> control.detached(
                "test",
                () -> {
                    await().until(() -> mayEnd.getCount() == 0);
                    return "open";
                },
                late::set));
        Failure cancelled = Failure.cancelled("film.mp4", "mbean");

        control.end(cancelled);

        assertThat(result)
                .failsWithin(Duration.ofSeconds(2))
                .withThrowableThat()
                .havingCause()
                .isSameAs(cancelled);
        assertThat(control.isCancelled()).isTrue();
        assertThat(late).hasValue(null);
        mayEnd.countDown();
        await().untilAsserted(() -> assertThat(late).hasValue("open"));
    }

    @Test
    void aThreadThatIsInterruptedWaitsNoLonger() throws InterruptedException {
        JobControl control = Controls.calm();
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Thread job = new Thread(() -> {
            try {
                control.detached("test", () -> await().until(() -> mayEnd.getCount(), count -> count == 0), late -> {});
            } catch (MachineUnfit e) {
                thrown.set(e);
            }
        });
        job.start();
        job.interrupt();

        job.join(2000);

        assertThat(job.isAlive()).isFalse();
        assertThat(thrown.get()).isInstanceOf(MachineUnfit.class);
        assertThat(control.isCut()).isTrue();
        mayEnd.countDown();
    }

    @Test
    void whatDetachedWorkThrowsIsThrown() {
        IllegalStateException broken = new IllegalStateException("broken");
        assertThatThrownBy(() -> Controls.calm()
                        .detached(
                                "test",
                                () -> {
                                    throw broken;
                                },
                                late -> {}))
                .isSameAs(broken);
        assertThat(Controls.calm().<String>detached("test", () -> "done", late -> {}))
                .isEqualTo("done");
    }

    @Test
    void aRunningJobIsFoundByItsId() {
        RunningJobs running = Controls.running();
        assertThat(running.interrupt("talk-01", new MachineUnfit("nobody"))).isFalse();
    }
}
