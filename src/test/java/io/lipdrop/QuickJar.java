package io.lipdrop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lipdrop.launch.ClassArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The jar as {@code --install} prepares it: a start takes a third of the CPU of {@code java -jar lipdrop.jar}. Made once for each
 * build, by whichever process of the tests needs it first.
 */
public final class QuickJar {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Path app;

    private QuickJar(Path app) {
        this.app = app;
    }

    /** The jar that {@code -Dlipdrop.jar} names, as it was built. */
    public static Path built() {
        return Path.of(System.getProperty("lipdrop.jar", "target/lipdrop.jar")).toAbsolutePath();
    }

    /** That jar, installed below a folder. */
    public static synchronized QuickJar in(Path parent) throws IOException {
        Path folder = parent.resolve("installed");
        Process process = new ProcessBuilder(JAVA, "-jar", built().toString(), "--install=" + folder)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(said);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        String program = Files.readString(folder.resolve("lipdrop"));
        try (Stream<Path> files = Files.list(folder)) {
            Path app = files.filter(file -> file.getFileName().toString().startsWith("app-"))
                    .filter(file -> program.contains(file.getFileName().toString()))
                    .findFirst()
                    .orElseThrow();
            return new QuickJar(app.toAbsolutePath());
        }
    }

    /** What the installed program tells Java. */
    public List<String> options() {
        return ClassArchive.options(app);
    }

    /** The unpacked jar, with its libraries beside it. */
    public Path jar() {
        return app.resolve(ClassArchive.JAR);
    }

    /** The command that starts it, with options for Java. */
    public List<String> command(List<String> options) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(options());
        command.add("-XX:TieredStopAtLevel=1"); // less to compile, for tests that are over soon
        command.addAll(options);
        command.addAll(List.of("-jar", jar().toString()));
        return command;
    }
}
