package io.lipdrop.campaign;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/** The jar, unpacked and with its classes archived, as docs/performance.md has it, so that a start takes a few seconds. */
final class Product {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Duration START = Duration.ofMinutes(3);

    private final Path jar;
    private final List<String> options;

    private Product(Path jar, List<String> options) {
        this.jar = jar;
        this.options = options;
    }

    /** The jar that {@code -Dlipdrop.jar} names, unpacked below a folder. */
    static Product unpack(Path folder) throws IOException {
        Path jar =
                Path.of(System.getProperty("lipdrop.jar", "target/lipdrop.jar")).toAbsolutePath();
        // Builds are reproducible to the second of their files: only the file system knows one from the next.
        Object changed = Files.getAttribute(jar, "unix:ctime");
        Path app = folder.resolve("app-" + changed.toString().replaceAll("\\D", ""));
        Path unpacked = app.resolve(jar.getFileName());
        if (!Files.exists(unpacked)) {
            FileSystemUtils.deleteRecursively(app);
            run(List.of(
                    JAVA, "-Djarmode=tools", "-jar", jar.toString(), "extract", "--force", "--destination", app + "-"));
            Files.move(Path.of(app + "-"), app);
        }
        List<String> quick = List.of("-Dspring.aot.enabled=true", "-XX:TieredStopAtLevel=1");
        return new Product(unpacked, quick);
    }

    /** The same with an archive of its classes, which a run of its own makes first: worth it for more than a few starts. */
    Product archived() throws IOException {
        Path archive = jar.resolveSibling("lipdrop.jsa");
        if (!Files.exists(archive)) {
            Place place = Place.fresh(jar.resolveSibling("home"), List.of());
            Path fresh = jar.resolveSibling("fresh.jsa");
            List<String> making = new ArrayList<>(options);
            making.addAll(List.of("-XX:ArchiveClassesAtExit=" + fresh, "-Xlog:cds=off,cds+dynamic=off"));
            new Product(jar, making).start(place, List.of()).stop();
            place.delete();
            Files.move(fresh, archive);
        }
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off,cds+dynamic=off"));
        return new Product(jar, all);
    }

    /** Starts it and waits until it is ready. */
    Running start(Place place, List<String> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString(), "--server.port=" + freePort()));
        command.addAll(place.settings());
        command.addAll(settings);
        Path console = place.home().resolve("console.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start();
        Running running = new Running(process);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        long end = System.nanoTime() + START.toNanos();
        while (!Files.readString(console).contains("Lipdrop is ready")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                running.kill();
                throw new NotStarted("Lipdrop did not start: " + Files.readString(console));
            }
            pause(20);
        }
        return running;
    }

    /** Ends up as a finding: a home in which it does not start any more. */
    static final class NotStarted extends RuntimeException {
        NotStarted(String message) {
            super(message);
        }
    }

    /** One process of it. */
    record Running(Process process) {
        boolean isAlive() {
            return process.isAlive();
        }

        /** Its FFmpegs: everything that it has started that is not Java itself. */
        List<ProcessHandle> decoders() {
            return process.descendants()
                    .filter(child -> child.info().command().orElse("").matches(".*/ff(mpeg|probe)"))
                    .toList();
        }

        void kill() {
            process.destroyForcibly();
            await();
        }

        void stop() {
            process.destroy();
            await();
        }

        private void await() {
            try {
                if (!process.waitFor(60, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    process.waitFor();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(List<String> command) throws IOException {
        try {
            if (new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    != 0) {
                throw new IOException(String.join(" ", command) + " failed");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
