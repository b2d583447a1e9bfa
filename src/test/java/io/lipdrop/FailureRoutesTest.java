package io.lipdrop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.RefusedDrop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code routes/failures.camel.yaml} does with the errors of other routes. */
class FailureRoutesTest {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Stages stages = new Stages();

    @BeforeEach
    void prepare() throws Exception {
        for (String name : List.of("attempts", "errorReports", "repeatedErrors", "intake", "claimedBatches", "stage")) {
            camel.getRegistry().bind(name, stages);
        }
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(
                        ResourceHelper.fromString(
                                "failures.camel.yaml", Files.readString(Path.of("routes", "failures.camel.yaml"))),
                        ResourceHelper.fromString(
                                "stages.camel.yaml", stage("drop") + stage("check") + """
                                - route:
                                    id: queue
                                    routeConfigurationId: job-failures
                                    from:
                                      uri: direct:queue
                                      steps:
                                        - setProperty: {name: job, constant: talk-01}
                                        - to: {uri: "direct:job"}
                                        - bean: {ref: stage, method: next}
                                """ + stage("job")));
        camel.start();
    }

    private static String stage(String name) {
        return """
                - route:
                    id: %1$s
                    routeConfigurationId: %1$s-failures
                    from:
                      uri: direct:%1$s
                      steps:
                        - bean: {ref: stage, method: work}
                        - bean: {ref: stage, method: next}
                """.formatted(name);
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void aRefusedDropIsMovedAtOnce() {
        Exchange exchange = run("drop", refused());

        assertThat(stages.told).containsExactly("refuse talk", "tidy after talk");
        assertThat(exchange.isFailed()).isFalse();
        assertThat(stages.seconds).isLessThan(PAUSE);
    }

    @Test
    void aRefusedDropThatCannotBeMovedWaits() {
        stages.isFull = true;
        Exchange exchange = run("drop", refused());

        assertThat(stages.told).containsExactly("refuse talk", "note full");
        assertThat(exchange.isFailed()).isFalse();
        assertThat(stages.seconds).isGreaterThanOrEqualTo(PAUSE);
    }

    @Test
    void anErrorOfTheMachineIsNotedAndWaits() {
        Exchange exchange = run("drop", new IOException("away"));

        assertThat(stages.told).containsExactly("note away");
        assertThat(exchange.isFailed()).isFalse();
        assertThat(stages.seconds).isGreaterThanOrEqualTo(PAUSE);
    }

    @Test
    void aVideoThatCannotBeCheckedWaitsElsewhere() {
        Exchange exchange = run("check", new IOException("away"));

        assertThat(stages.told).containsExactly("pause away");
        assertThat(exchange.isFailed()).isFalse();
        assertThat(stages.seconds).isLessThan(PAUSE);
    }

    @Test
    void aJobThatIsPutBackHasNoReport() {
        Exchange exchange = run("queue", new Failure(FailureCode.NO_FACE, "no face"));

        assertThat(stages.told).containsExactly("settle talk-01: no face");
        assertThat(exchange.isFailed()).isFalse();
    }

    @Test
    void aJobThatIsGivenUpIsReportedWithTheStageThatFailed() {
        stages.isGivenUp = true;
        Exchange exchange = run("queue", new Failure(FailureCode.NO_FACE, "no face"));

        assertThat(stages.told).containsExactly("settle talk-01: no face", "fail talk-01 in job: no face");
        assertThat(exchange.isFailed()).isFalse();
    }

    /** So Camel's file consumer puts the document back, and the job goes on later. */
    @Test
    void aReportThatCannotBeWrittenFailsTheExchange() {
        stages.isGivenUp = true;
        stages.isFull = true;
        Exchange exchange = run("queue", new Failure(FailureCode.NO_FACE, "no face"));

        assertThat(stages.told).containsExactly("settle talk-01: no face", "fail talk-01 in job: no face");
        assertThat(exchange.getException()).hasMessageContaining("full");
    }

    private static RefusedDrop refused() {
        return new RefusedDrop(
                "talk", "talk.yaml", Path.of("talk.yaml"), List.of(), new Failure(FailureCode.MANIFEST_INVALID, "no"));
    }

    private Exchange run(String route, Exception error) {
        stages.error = error;
        long begin = System.nanoTime();
        Exchange exchange = camel.createProducerTemplate().send("direct:" + route, any -> {});
        stages.seconds = Duration.ofNanos(System.nanoTime() - begin);
        return exchange;
    }

    /** All stages, with the methods that the routes call. */
    public static final class Stages {
        private final List<String> told = new ArrayList<>();
        private @Nullable Exception error;
        private boolean isGivenUp;
        private boolean isFull;
        private Duration seconds = Duration.ZERO;

        public void work() throws Exception {
            if (error != null) {
                throw error;
            }
        }

        public void next() {
            told.add("went on");
        }

        public boolean settle(
                @ExchangeProperty("job") String job, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
            told.add("settle %s: %s".formatted(job, cause.getMessage()));
            return isGivenUp;
        }

        public void fail(String job, Exception cause, String route) throws IOException {
            told.add("fail %s in %s: %s".formatted(job, route, cause.getMessage()));
            requireRoom();
        }

        public void refuse(RefusedDrop drop) throws IOException {
            told.add("refuse " + drop.batch());
            requireRoom();
        }

        public void tidyAfter(RefusedDrop drop) {
            told.add("tidy after " + drop.batch());
        }

        public void note(Exception cause) {
            told.add("note " + cause.getMessage());
        }

        public void pause(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
            told.add("pause " + cause.getMessage());
        }

        private void requireRoom() throws IOException {
            if (isFull) {
                throw new IOException("full");
            }
        }
    }
}
