package io.lipdrop;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The jar unpacked, its beans wired when it was built and its classes archived, as docs/performance.md has it: a start takes a third
 * of the CPU of {@code java -jar lipdrop.jar}. Made once for each build, by whichever process of the tests needs it first.
 */
public final class QuickJar {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final List<String> QUICK = List.of("-Dspring.aot.enabled=true", "-XX:TieredStopAtLevel=1");
    private static final String SILENT = "-Xlog:cds=off,cds+dynamic=off";
    private static final int SECONDS_TO_START = 180;

    private final Path jar;

    private QuickJar(Path jar) {
        this.jar = jar;
    }

    /** The jar that {@code -Dlipdrop.jar} names, as it was built. */
    public static Path built() {
        return Path.of(System.getProperty("lipdrop.jar", "target/lipdrop.jar")).toAbsolutePath();
    }

    /** That jar, unpacked and archived below a folder. */
    public static synchronized QuickJar in(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (FileChannel file =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.lock(); // until it is closed
            // Builds are reproducible to the second of their files: only the file system knows one from the next.
            boolean isUnix =
                    built().getFileSystem().supportedFileAttributeViews().contains("unix");
            Object changed = Files.getAttribute(built(), isUnix ? "unix:ctime" : "creationTime");
            Path app = folder.resolve("app-" + changed.toString().replaceAll("\\D", ""));
            QuickJar quick = new QuickJar(app.resolve(built().getFileName()).toAbsolutePath());
            if (!Files.exists(app)) {
                deleteEarlier(folder);
                unpack(app);
            }
            if (!Files.exists(quick.archive())) {
                quick.makeArchive();
            }
            return quick;
        }
    }

    /** The command that starts it, with options for Java. */
    public List<String> command(List<String> options) {
        return command("-XX:SharedArchiveFile=" + archive(), options);
    }

    private List<String> command(String archive, List<String> options) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(QUICK);
        command.addAll(List.of(archive, SILENT));
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private Path archive() {
        return jar.resolveSibling("lipdrop.jsa");
    }

    private static void deleteEarlier(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path app : files.filter(Files::isDirectory).toList()) {
                FileSystemUtils.deleteRecursively(app);
            }
        }
    }

    private static void unpack(Path app) throws IOException {
        Path part = app.resolveSibling("part");
        Process process = new ProcessBuilder(
                        JAVA,
                        "-Djarmode=tools",
                        "-jar",
                        built().toString(),
                        "extract",
                        "--destination",
                        part.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        awaitExit(process);
        if (process.exitValue() != 0) {
            throw new IOException("The jar could not be unpacked to " + part);
        }
        Files.move(part, app);
    }

    /** Starts it once, up to where it is ready: Java writes the classes that were loaded until then when it ends. */
    private void makeArchive() throws IOException {
        Path home = jar.resolveSibling("home");
        Path fresh = jar.resolveSibling("fresh.jsa");
        Path console = Files.createDirectories(home).resolve("console.txt");
        List<String> command = command("-XX:ArchiveClassesAtExit=" + fresh, List.of());
        command.addAll(List.of("--lipdrop.home=" + home, "--server.port=0"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
        while (!Files.readString(console).contains("Lipdrop is ready")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException("Lipdrop did not start: " + Files.readString(console));
            }
            pause();
        }
        process.destroy();
        awaitExit(process);
        FileSystemUtils.deleteRecursively(home);
        Files.move(fresh, archive());
    }

    private static void awaitExit(Process process) throws IOException {
        try {
            if (!process.waitFor(SECONDS_TO_START, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("It does not end: " + process.info());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
