package io.lipdrop.operations;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.lipdrop.SteppedClock;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RepeatedErrorsTest {
    private final Logger log = (Logger) LoggerFactory.getLogger(RepeatedErrors.class);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final SteppedClock clock = new SteppedClock();
    private final RepeatedErrors troubles = new RepeatedErrors(clock);

    @BeforeEach
    void listen() {
        said.start();
        log.addAppender(said);
    }

    @AfterEach
    void end() {
        log.detachAppender(said);
    }

    @Test
    void twoThatAlternateAreToldWithTheirStackOnceEach() {
        for (int i = 0; i < 50; i++) {
            troubles.note(new IOException("the disk"));
            troubles.note(new IOException("the share, process " + i));
        }
        assertThat(said.list).hasSize(2).allMatch(event -> event.getThrowableProxy() != null);

        clock.step(Duration.ofSeconds(61));
        troubles.note(new IOException("the disk"));
        troubles.note(new IOException("the disk"));
        assertThat(said.list).hasSize(3);
        assertThat(said.list.get(2).getThrowableProxy()).isNull();
        assertThat(said.list.get(2).getFormattedMessage()).contains("the disk");
    }
}
