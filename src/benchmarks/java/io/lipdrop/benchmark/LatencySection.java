package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long a drop waits before anything happens to it, and a job for the next one in the queue, on a warm application. */
final class LatencySection implements Section {
    private static final double SETTLE = 2;
    private static final double MOST_BEYOND_SETTLE = 0.5;
    private static final double MOST_GAP = 0.1;
    private static final int VOICE_SECONDS = 2;

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        int drops = workshop.settings().isQuick() ? 2 : 5;
        List<Double> starts = new ArrayList<>();
        List<Double> gaps = new ArrayList<>();
        var voice = workshop.voice(VOICE_SECONDS);
        var clip = Workshop.PORTRAIT;
        try (Application application = workshop.start("latency")) {
            application.render("warmup", voice, clip);
            for (int i = 0; i < drops; i++) {
                String batch = "drop" + i;
                Instant dropped = application.drop(batch, voice, List.of(clip));
                application.await(batch);
                starts.add(AppLog.seconds(dropped, application.log().started(batch, 1)));
            }
            application.drop("queue", voice, Collections.nCopies(drops + 1, clip));
            application.await("queue");
            AppLog log = application.log();
            for (int job = 1; job <= drops; job++) {
                gaps.add(log.secondsAfter("queue", job));
            }
        }
        double start = Signal.median(starts);
        double gap = Signal.median(gaps);
        table.row(
                "drop to start of processing, settle time 2 s",
                number("%.2f s (longest of %d: %.2f s)", start, drops, Collections.max(starts)),
                "<= 2.5 s",
                start <= SETTLE + MOST_BEYOND_SETTLE);
        table.row(
                "gap between two queued jobs",
                number("%.0f ms (longest of %d: %.0f ms)", gap * 1000, drops, Collections.max(gaps) * 1000),
                "<= 100 ms",
                gap <= MOST_GAP);
    }
}
