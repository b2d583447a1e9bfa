package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Whether memory grows with the length of the clip: a fresh application each. */
final class MemorySection implements Section {
    private static final double MOST_GROWTH = 1.05;
    private static final double MOST_BYTES = 1.2e9;
    private static final List<Integer> TIMES = List.of(1, 10, 30);

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        int seconds = workshop.settings().isQuick() ? 2 : 60;
        Path clip = workshop.steadyClip(seconds);
        List<Long> trees = new ArrayList<>();
        List<Long> javas = new ArrayList<>();
        for (int times : TIMES) {
            try (Application application = workshop.start("memory");
                    PeakMemory memory = new PeakMemory(application.pid())) {
                application.render("one", workshop.voice(times * seconds), workshop.repeated(clip, times));
                trees.add(memory.bytes());
                javas.add(Processes.peakResidentBytes(application.pid()));
                Workshop.say(number("%d s: %.0f MB", times * seconds, memory.bytes() / 1e6));
            }
        }
        String lengths = number("720p25, %d / %d / %d s", seconds, TIMES.get(1) * seconds, TIMES.get(2) * seconds);
        double growth = (double) Collections.max(trees) / trees.get(0);
        table.row(
                "peak memory over the shortest, " + lengths, number("%.3f", growth), "<= 1.05", growth <= MOST_GROWTH);
        table.row(
                "peak memory with all child processes",
                megabytes(trees),
                "< 1200 MB",
                Collections.max(trees) < MOST_BYTES);
        table.row("of that the Java process", megabytes(javas));
    }

    private static String megabytes(List<Long> bytes) {
        return number("%.0f / %.0f / %.0f MB", bytes.get(0) / 1e6, bytes.get(1) / 1e6, bytes.get(2) / 1e6);
    }
}
