package io.lipdrop.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.MachineUnfit;
import org.junit.jupiter.api.Test;

/** Who is to blame when a check goes wrong. */
class TriesTest {
    private final Tries tries = new Tries();

    @Test
    void aFileIsToBlameAtTheThirdTryForWhatNobodyForesaw() {
        for (int count = 1; count <= 2; count++) {
            assertThatThrownBy(() -> fail(new IllegalStateException("what?")))
                    .isInstanceOf(MachineUnfit.class)
                    .hasMessageContainingAll("film.mp4", "retrying", "what?");
        }
        assertThatThrownBy(() -> fail(new IllegalStateException("what?")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(FailureCode.WORKER_CRASHED));
    }

    @Test
    void aTryThatSucceedsForgetsTheOnesBefore() {
        for (int round = 1; round <= 3; round++) {
            for (int count = 1; count <= 2; count++) {
                assertThatThrownBy(() -> fail(new IllegalStateException())).isInstanceOf(MachineUnfit.class);
            }
            assertThat(tries.check("job", "film.mp4", () -> "good")).isEqualTo("good");
        }
    }

    @Test
    void whatNoTryCanHelpIsSaidAtOnceAndWhatOneCanAtTheThird() {
        Failure noFace = new Failure(FailureCode.NO_FACE, "No face found in film.mp4.");
        assertThatThrownBy(() -> fail(noFace)).isSameAs(noFace);
        Failure stalled = new Failure(FailureCode.STALLED, "Nothing moved.");
        assertThatThrownBy(() -> fail(stalled)).isInstanceOf(MachineUnfit.class);
        assertThatThrownBy(() -> fail(stalled)).isInstanceOf(MachineUnfit.class);
        assertThatThrownBy(() -> fail(stalled)).isSameAs(stalled);
    }

    @Test
    void theMachineIsNeverTheFilesFaultHoweverOftenItFails() {
        for (Throwable error : new Throwable[] {
            new OutOfMemoryError("unable to create native thread"),
            new UnsatisfiedLinkError("libjniavutil.so"),
            new Failure(FailureCode.DISK_FULL, "No room.")
        }) {
            for (int count = 1; count <= 5; count++) {
                assertThatThrownBy(() -> fail(error)).isInstanceOf(MachineUnfit.class);
            }
        }
    }

    private void fail(Throwable error) {
        tries.check("job", "film.mp4", () -> {
            if (error instanceof RuntimeException e) {
                throw e;
            }
            throw (Error) error;
        });
    }
}
