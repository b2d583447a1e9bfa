package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import java.io.IOException;
import java.nio.file.Path;

/** Whether memory grows with the length of the clip: a fresh application each. */
final class MemorySection implements Section {
    private static final double MOST_GROWTH = 1.10;
    private static final double MOST_BYTES = 1.5e9;

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        int seconds = workshop.settings().isQuick() ? 4 : 60;
        int times = workshop.settings().isQuick() ? 3 : 10;
        Path clip = workshop.talkingClip(seconds);
        Peak one = peak(workshop, "memory-short", clip, seconds);
        Peak ten = peak(workshop, "memory-long", workshop.repeated(clip, times), times * seconds);
        double growth = (double) ten.tree / one.tree;
        String lengths = number("720p25, %d s / %d s", times * seconds, seconds);
        table.row("peak memory, " + lengths, number("%.3f", growth), "<= 1.10", growth <= MOST_GROWTH);
        table.row(
                "peak memory with all child processes",
                number("%.0f MB / %.0f MB", ten.tree / 1e6, one.tree / 1e6),
                "< 1500 MB",
                Math.max(ten.tree, one.tree) < MOST_BYTES);
        table.row("of that the Java process", number("%.0f MB / %.0f MB", ten.java / 1e6, one.java / 1e6));
    }

    private static Peak peak(Workshop workshop, String home, Path clip, int seconds) throws IOException {
        try (Application application = workshop.start(home);
                PeakMemory memory = new PeakMemory(application.pid())) {
            application.render("one", workshop.voice(seconds), clip);
            Workshop.say(number("%s: %.0f MB", home, memory.bytes() / 1e6));
            return new Peak(memory.bytes(), Processes.peakResidentBytes(application.pid()));
        }
    }

    private record Peak(long tree, long java) {}
}
