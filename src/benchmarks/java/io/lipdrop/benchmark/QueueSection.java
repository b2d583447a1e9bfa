package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Many short jobs in one batch: what each costs beyond its own work, and whether that grows. */
final class QueueSection implements Section {
    private static final double MOST_OVERHEAD = 0.05;

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        int jobs = workshop.settings().isQuick() ? 10 : 1000;
        List<Double> gaps = new ArrayList<>();
        List<Double> works = new ArrayList<>();
        try (Application application = workshop.start("queue");
                PeakMemory memory = new PeakMemory(application.pid())) {
            application.drop("many", workshop.voice(1), Collections.nCopies(jobs, Workshop.PORTRAIT));
            application.await("many");
            AppLog log = application.log();
            for (int job = 1; job <= jobs; job++) {
                works.add(log.secondsOf("many", job));
                if (job < jobs) {
                    gaps.add(log.secondsAfter("many", job));
                }
            }
            double overhead = gaps.stream().mapToDouble(gap -> gap).average().orElseThrow();
            table.row(
                    number("%d jobs of one second: time between two, mean", jobs),
                    number("%.0f ms (longest %.0f ms)", overhead * 1000, Collections.max(gaps) * 1000),
                    "<= 50 ms",
                    overhead <= MOST_OVERHEAD);
            int tenth = Math.max(1, jobs / 10);
            table.row(
                    "the work of one of them: the first tenth / the last tenth",
                    number(
                            "%.2f s / %.2f s",
                            Signal.median(works.subList(0, tenth)), Signal.median(works.subList(jobs - tenth, jobs))));
            table.row("most memory meanwhile, with all child processes", number("%.0f MB", memory.bytes() / 1e6));
        }
    }
}
