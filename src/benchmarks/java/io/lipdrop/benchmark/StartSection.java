package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import io.lipdrop.QuickJar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** From the command to "Lipdrop is ready": plainly, and as {@code --install} prepares it. Run in turn. */
final class StartSection implements Section {
    private static final double MOST = 4;

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        int runs = workshop.settings().isQuick() ? 1 : 5;
        Path jar = workshop.settings().jar();
        QuickJar installed = QuickJar.in(workshop.fresh("installed"));
        List<Double> plain = new ArrayList<>();
        List<Double> quick = new ArrayList<>();
        for (int i = 1; i <= runs; i++) {
            plain.add(seconds(workshop, List.of(), jar));
            quick.add(seconds(workshop, installed.options(), installed.jar()));
            Workshop.say(number("start %d of %d: %.2f s, quick %.2f s", i, runs, plain.get(i - 1), quick.get(i - 1)));
        }
        table.row("start to ready, java -jar lipdrop.jar", number("%.1f s (median of %d)", Signal.median(plain), runs));
        table.row(
                "start to ready, installed (--install)",
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
}
