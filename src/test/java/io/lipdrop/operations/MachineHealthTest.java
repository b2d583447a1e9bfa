package io.lipdrop.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lipdrop.home.Folders;
import io.lipdrop.stage.EngineStatus;
import io.lipdrop.status.HealthStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

class MachineHealthTest {
    @TempDir
    Path home;

    private final CountDownLatch answer = new CountDownLatch(1);

    /** A folder that does not answer until {@link #answer}. */
    private HealthStatus hang() {
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new HealthStatus(List.of());
    }

    @Test
    @Timeout(20)
    void aShareThatHangsTakesOneRequestAndTheOthersAreTold() throws InterruptedException {
        Folders folders = new Folders(home, home, home, home, home, home, home.resolve("work"));
        MachineHealth health = new MachineHealth(this::hang, folders, new NoEngines());
        Thread first = new Thread(health::health);
        first.start();
        await().until(() -> first.getState() == Thread.State.WAITING);

        Health told = health.health();
        assertThat(told.getStatus()).isEqualTo(Status.DOWN);
        assertThat(told.getDetails().toString()).contains("does not answer");

        answer.countDown();
        first.join();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    private static final class NoEngines implements EngineStatus {
        @Override
        public int workers() {
            return 1;
        }

        @Override
        public List<Runner> runners() {
            return List.of();
        }

        @Override
        public List<Model> models() {
            return List.of();
        }

        @Override
        public String drawsByDefault() {
            return "warp";
        }
    }
}
