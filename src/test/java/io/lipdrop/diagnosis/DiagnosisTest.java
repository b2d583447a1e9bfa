package io.lipdrop.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.MachineUnfit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    @Test
    void namesTheCauseAndNeverAWrapper() throws Exception {
        Throwable cause = new IllegalStateException("the cause");
        CamelContext camel = new DefaultCamelContext();
        try {
            Throwable wrapped = new CamelExecutionException(
                    "it failed", new DefaultExchange(camel), new InvocationTargetException(cause));
            for (Throwable thrown :
                    List.of(cause, wrapped, new RuntimeCamelException(wrapped), new ExecutionException(wrapped))) {
                assertThat(Diagnosis.causeOf(thrown)).isSameAs(cause);
                assertThat(Diagnosis.of(thrown, "a.mp4"))
                        .isInstanceOf(Failure.class)
                        .hasMessageContainingAll("a.mp4", "the cause")
                        .hasMessageNotContaining("Exchange[");
            }
        } finally {
            camel.close();
        }
    }

    @Test
    void takesWhatTheMachineLacksForTheMachine() {
        for (Throwable thrown : List.of(
                new OutOfMemoryError(
                        "unable to create native thread: possibly out of memory or process limits reached"),
                new UnsatisfiedLinkError("/tmp/libonnxruntime.so: failed to map segment from shared object"),
                new NoClassDefFoundError("Could not initialize class ai.onnxruntime.OrtEnvironment"),
                new ExceptionInInitializerError(new IOException("No space left on device")),
                new ClosedByInterruptException(),
                new UncheckedIOException(new NoSuchFileException("work/staging/a/voice.json")),
                new RuntimeCamelException(new MachineUnfit("no disk")))) {
            assertThat(Diagnosis.of(thrown, "a.mp4")).as("%s", thrown).isInstanceOf(MachineUnfit.class);
        }
    }

    @Test
    void takesWhatAFileNeedsTooMuchOfForTheFile() {
        assertThat(Diagnosis.of(new OutOfMemoryError("Java heap space"), "a.mp4"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(FailureCode.OUT_OF_MEMORY));
        assertThat(Diagnosis.of(new StackOverflowError(), "a.mp4")).isInstanceOf(Failure.class);
        Failure failure = new Failure(FailureCode.NO_FACE, "none").at(3, 0.1);
        assertThat(Diagnosis.of(new RuntimeCamelException(failure), "a.mp4")).isSameAs(failure);
    }

    @Test
    void aDocumentThatCannotBeUnderstoodHoldsNoQueue() {
        IOException broken = catchThrowableOfType(IOException.class, () -> new ObjectMapper().readTree("{"));
        assertThat(Diagnosis.of(broken, "a.mp4")).isInstanceOf(Failure.class);
    }

    @Test
    void saysInPlainWordsWhatAFileLacks() {
        assertThat(Diagnosis.words(new AccessDeniedException("inbox/a.mp4")))
                .isEqualTo("no permission for inbox/a.mp4");
        assertThat(Diagnosis.words(new NoSuchFileException("work/claimed"))).isEqualTo("work/claimed does not exist");
        assertThat(Diagnosis.words(new IOException("No space left on device"))).isEqualTo("No space left on device");
    }
}
