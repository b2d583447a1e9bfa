package io.lipdrop.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.aot.AotDetector;
import org.springframework.util.FileSystemUtils;

/** Java's archive of the classes of an unpacked Lipdrop, and the command that starts from it. */
public final class ClassArchive {
    /** The unpacked program, with its libraries beside it. */
    public static final String JAR = "lipdrop.jar";

    private static final String ARCHIVE = "lipdrop.jsa";
    private static final String READY = "Lipdrop is ready";
    private static final int LAST_LINES = 20;

    /** Uses the bean definitions that were generated at build time. */
    private static final String WIRED = "-D" + AotDetector.AOT_ENABLED + "=true";

    /** An archive of another Java is ignored, and so are options that it does not know. */
    private static final List<String> TOLERANT =
            List.of("-XX:+IgnoreUnrecognizedVMOptions", "-Xshare:auto", "-Xlog:cds=off,cds+dynamic=off,class+path=off");

    /** Fewer methods are fully optimised during the start, which needs the cores. */
    private static final List<String> PATIENT = List.of(
            "-XX:Tier4InvocationThreshold=500000",
            "-XX:Tier4MinInvocationThreshold=60000",
            "-XX:Tier4CompileThreshold=1500000",
            "-XX:Tier4BackEdgeThreshold=400000");

    private final Path app;

    ClassArchive(Path app) {
        this.app = app;
    }

    /** Starts Lipdrop in a home of its own, and ends it when it is ready: then Java writes what it has loaded. */
    void make() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory(app, "home-");
        ProcessBuilder command = java(WIRED, "-XX:ArchiveClassesAtExit=" + app.resolve(ARCHIVE));
        command.command().addAll(TOLERANT);
        command.command().addAll(List.of("-jar", app.resolve(JAR).toString()));
        command.command().addAll(List.of("--lipdrop.home=" + home, "--server.port=0"));
        command.environment()
                .keySet()
                .removeIf(name ->
                        name.startsWith("LIPDROP_") || name.startsWith("SPRING_") || name.startsWith("SERVER_"));
        Process process =
                command.directory(home.toFile()).redirectErrorStream(true).start();
        Thread killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
        List<String> said = new ArrayList<>();
        boolean isReady = false;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                if (line.contains(READY)) {
                    isReady = true;
                    process.toHandle().destroy(); // Java writes the archive when it ends; the output stays open
                }
            }
        }
        process.waitFor();
        Runtime.getRuntime().removeShutdownHook(killer);
        FileSystemUtils.deleteRecursively(home);
        if (!isReady || !Files.exists(app.resolve(ARCHIVE))) {
            List<String> last = said.subList(Math.max(0, said.size() - LAST_LINES), said.size());
            throw new IOException("its first start failed:\n" + String.join("\n", last));
        }
    }

    /** Java's options for a quick start of an unpacked Lipdrop. */
    public static List<String> options(Path app) {
        List<String> options = new ArrayList<>(TOLERANT);
        options.addAll(PATIENT);
        options.add(WIRED);
        options.add("-XX:SharedArchiveFile=" + app.resolve(ARCHIVE));
        return options;
    }

    static String script(Path app) {
        String words = options(app).stream().map(ClassArchive::quoted).collect(Collectors.joining(" \\\n  "));
        return """
                #!/bin/sh
                # Made by java -jar lipdrop.jar --install; JDK_JAVA_OPTIONS has further options for Java.
                java=%s
                [ -x "$java" ] || java=java
                exec "$java" %s \\
                  -jar %s "$@"
                """.formatted(
                        quoted(executable()), words, quoted(app.resolve(JAR).toString()));
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    static ProcessBuilder java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(executable()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private static String executable() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
