package io.lipdrop.operations;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/** What a file's name can do to the log: nothing. */
class LogLinesTest {
    private static final String FORGED = "a\n12:00:00 ERROR forged\r\u001b[31mred\u202egpj\u2028\u009b2Jend.mp4";

    @ParameterizedTest
    @ValueSource(strings = {"console", "file"})
    void aNameForgesNoLine(String appender) throws IOException {
        assertThat(written(appender, FORGED, null).strip().lines()).hasSize(1);
        assertThat(written(appender, FORGED, null))
                .contains("a | 12:00:00 ERROR forged", "red", "end.mp4")
                .doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u202e\\u2028]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"console", "file"})
    void norDoesAnExceptionThatNamesIt(String appender) throws IOException {
        Exception thrown = new IOException(FORGED, new IllegalStateException(FORGED));
        String written = written(appender, "it failed", thrown);
        assertThat(written.lines()).noneMatch(line -> line.startsWith("12:00:00 ERROR"));
        assertThat(written).doesNotContainPattern("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202e\\u2028]");
        if (appender.equals("file")) {
            assertThat(written).contains("\n\tat ", "\nCaused by: ");
        }
    }

    private static String written(String appender, String message, @Nullable Throwable thrown) throws IOException {
        StandardEnvironment settings = new StandardEnvironment();
        new YamlPropertySourceLoader()
                .load("settings", new ClassPathResource("application.yaml"))
                .forEach(settings.getPropertySources()::addLast);
        LoggerContext context = new LoggerContext();
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(settings.getRequiredProperty("logging.pattern." + appender));
        layout.start();
        assertThat(context.getStatusManager().getCopyOfStatusList()).isEmpty();
        return layout.doLayout(
                new LoggingEvent("test", context.getLogger("test"), Level.WARN, message, thrown, new Object[0]));
    }
}
