package io.lipdrop.campaign;

import io.lipdrop.QuickJar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The jar as tests start it. */
final class Product {
    private static final Duration START = Duration.ofMinutes(3);

    private final QuickJar jar;

    private Product(QuickJar jar) {
        this.jar = jar;
    }

    /** The jar that {@code -Dlipdrop.jar} names, unpacked below a folder. */
    static Product unpack(Path folder) throws IOException {
        return new Product(QuickJar.in(folder));
    }

    /** Starts it and waits until it is ready. */
    Running start(Place place, List<String> settings) throws IOException {
        List<String> command = jar.command(List.of());
        command.add("--server.port=" + freePort());
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
