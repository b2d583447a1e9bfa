package io.lipdrop.benchmark;

import io.lipdrop.home.ResultFolders;
import io.lipdrop.job.JobState;
import io.lipdrop.status.BatchStatus;
import io.lipdrop.status.BatchStatus.JobStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The product as a stranger runs it: a child process, an inbox to drop into, an outbox to look at. */
final class Application implements AutoCloseable {
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final Duration START = Duration.ofMinutes(10);
    private static final Duration STOP = Duration.ofMinutes(2);
    private static final Duration LONGEST_JOB = Duration.ofHours(2);
    private static final long MILLIS_BETWEEN_LOOKS = 100;

    private final Process process;
    private final Path home;
    private final int port;

    private Application(Process process, Path home, int port) {
        this.process = process;
        this.home = home;
        this.port = port;
    }

    /**
     * Starts it in an empty home and waits until it is ready.
     *
     * @param settings as on its command line, such as {@code --lipdrop.encoder.codec=libx264}
     */
    static Application start(Path jar, Path home, List<String> settings) throws IOException {
        return start(List.of(), jar, home, settings);
    }

    /** The same with options for Java itself. */
    static Application start(List<String> javaOptions, Path jar, Path home, List<String> settings) throws IOException {
        Files.createDirectories(home.resolve("inbox"));
        ProcessBuilder command = new ProcessBuilder(JAVA);
        command.command().addAll(javaOptions);
        command.command().addAll(List.of("-jar", jar.toString(), "--lipdrop.home=" + home));
        int port = freePort();
        command.command().add("--server.port=" + port);
        command.command().addAll(settings);
        command.redirectErrorStream(true)
                .redirectOutput(home.resolve("console.log").toFile());
        Application application = new Application(command.start(), home, port);
        Runtime.getRuntime().addShutdownHook(new Thread(application.process::destroyForcibly));
        Instant end = Instant.now().plus(START);
        // Not in logs/lipdrop.log, which goes on in a home that was started before.
        while (!Files.readString(home.resolve("console.log")).contains("Lipdrop is ready")) {
            application.lookAgain(end, "start");
        }
        return application;
    }

    int port() {
        return port;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    Path home() {
        return home;
    }

    long pid() {
        return process.pid();
    }

    AppLog log() throws IOException {
        return AppLog.read(home.resolve("logs/lipdrop.log"));
    }

    /** Drops media and, last, the manifest; gives the moment when the drop was complete. */
    Instant drop(String batch, Path voice, List<Path> videos) throws IOException {
        copyIn(voice, batch);
        for (Path video : videos) {
            copyIn(video, batch);
        }
        String names = videos.stream().map(video -> nameIn(batch, video)).collect(Collectors.joining(", "));
        Path manifest = home.resolve("inbox").resolve(batch + ".yaml");
        Files.writeString(manifest, "audio: %s\nvideos: [%s]\n".formatted(nameIn(batch, voice), names));
        return Instant.now();
    }

    /** Waits for the end of a batch, which has to be a good one; gives the finished videos in order. */
    List<Path> await(String batch) throws IOException {
        Path folder = home.resolve("outbox").resolve(batch);
        Path status = folder.resolve(ResultFolders.STATUS);
        Instant end = Instant.now().plus(LONGEST_JOB);
        BatchStatus now = null;
        while (now == null || !hasEnded(now)) {
            lookAgain(end, "finish " + batch);
            now = Files.exists(status) ? BatchStatus.read(status) : null;
        }
        if (now.jobs().isEmpty()) {
            throw new IllegalStateException(batch + " was refused: " + now.message());
        }
        for (JobStatus job : now.jobs()) {
            if (job.state() != JobState.DONE) {
                throw new IllegalStateException(
                        "%s is %s: %s".formatted(job.job(), job.state().label(), job.message()));
            }
        }
        return now.jobs().stream()
                .map(job -> folder.resolve(Objects.requireNonNull(job.result())))
                .toList();
    }

    /** A batch without jobs yet is a drop that waits, or one that was refused. */
    private static boolean hasEnded(BatchStatus status) {
        return status.jobs().isEmpty()
                ? status.state() == JobState.FAILED
                : status.state().isFinal();
    }

    /** One voice, one video, one result. */
    Path render(String batch, Path voice, Path video) throws IOException {
        drop(batch, voice, List.of(video));
        return await(batch).get(0);
    }

    private void copyIn(Path file, String batch) throws IOException {
        Files.copy(file, home.resolve("inbox").resolve(nameIn(batch, file)), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Names that no other drop uses and that YAML takes as they are. */
    private static String nameIn(String batch, Path file) {
        String name = Objects.requireNonNull(file.getFileName()).toString();
        return batch + "_" + name.replaceAll("[^\\w.-]", "_");
    }

    private void lookAgain(Instant end, String what) {
        if (!process.isAlive() || Instant.now().isAfter(end)) {
            throw new IllegalStateException("The application did not " + what + ", see " + home.resolve("console.log"));
        }
        try {
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
