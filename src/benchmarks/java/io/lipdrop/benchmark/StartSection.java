package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** From the command to "Lipdrop is ready": plainly, and in the quick way of {@code docs/performance.md}. Run in turn. */
final class StartSection implements Section {
    private static final double MOST = 4;
    private static final String WIRED = "-Dspring.aot.enabled=true";
    /** Fewer methods are compiled thoroughly while the cores are wanted for the start. */
    private static final List<String> PATIENT = List.of(
            "-XX:Tier4InvocationThreshold=500000",
            "-XX:Tier4MinInvocationThreshold=60000",
            "-XX:Tier4CompileThreshold=1500000",
            "-XX:Tier4BackEdgeThreshold=400000");

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        int runs = workshop.settings().isQuick() ? 1 : 5;
        Path jar = workshop.settings().jar();
        Path folder = workshop.fresh("unpacked");
        Path unpacked = folder.resolve(jar.getFileName());
        Path archive = folder.resolve("lipdrop.jsa");
        run("-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", folder.toString());
        List<String> archiving = List.of(WIRED, "-XX:ArchiveClassesAtExit=" + archive);
        Application.start(archiving, unpacked, workshop.fresh("archiving"), List.of())
                .close();
        List<String> options = new ArrayList<>(List.of(WIRED, "-XX:SharedArchiveFile=" + archive));
        options.addAll(PATIENT);
        List<Double> plain = new ArrayList<>();
        List<Double> quick = new ArrayList<>();
        for (int i = 1; i <= runs; i++) {
            plain.add(seconds(workshop, List.of(), jar));
            quick.add(seconds(workshop, options, unpacked));
            Workshop.say(number("start %d of %d: %.2f s, quick %.2f s", i, runs, plain.get(i - 1), quick.get(i - 1)));
        }
        table.row("start to ready, java -jar lipdrop.jar", number("%.1f s (median of %d)", Signal.median(plain), runs));
        table.row(
                "start to ready, the quick way",
                number("%.1f s (median of %d)", Signal.median(quick), runs),
                "<= 4 s",
                Signal.median(quick) <= MOST);
    }

    private static double seconds(Workshop workshop, List<String> javaOptions, Path jar) throws IOException {
        Path home = workshop.fresh("start");
        Instant start = Instant.now();
        Application application = Application.start(javaOptions, jar, home, List.of());
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1e3;
        application.close();
        return seconds;
    }

    private static void run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Application.JAVA));
        command.addAll(List.of(arguments));
        try {
            int exit = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException(command + " ended with " + exit);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
