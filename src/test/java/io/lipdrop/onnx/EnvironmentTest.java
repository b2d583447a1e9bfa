package io.lipdrop.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
    private static final String MODEL = Path.of("models", "face_detection_back_256x256.onnx")
            .toAbsolutePath()
            .toString();

    @TempDir
    Path folder;

    /** A job that is cancelled leaves the thread behind that opens its models. */
    @Test
    void endsCleanlyWhileModelsAreBeingOpened() throws IOException, InterruptedException {
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExitsWhileOpening.class.getName(),
                        MODEL)
                .directory(folder.toFile()) // for the report of a crash
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }

    /** A process that goes on opening models while it shuts down, as it does while Spring closes its beans. */
    static final class ExitsWhileOpening {
        private static final Semaphore OPENED = new Semaphore(0);

        private ExitsWhileOpening() {}

        public static void main(String... model) {
            for (int i = 0; i < 3; i++) {
                Thread thread = new Thread(() -> {
                    while (true) {
                        OnnxModel.open(Path.of(model[0]), Device.CPU).close();
                        OPENED.release();
                    }
                });
                thread.setDaemon(true);
                thread.start();
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> OPENED.acquireUninterruptibly(50)));
            OPENED.acquireUninterruptibly(10);
            System.exit(0);
        }
    }
}
