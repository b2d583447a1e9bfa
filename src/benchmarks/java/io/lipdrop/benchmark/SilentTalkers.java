package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Silence over each talker's clip: the mouth rests, and nothing of the old words is left in its opening or width. */
record SilentTalkers(Workshop workshop, Application application, Faces faces, List<Mouth> real) {
    private static final int SECONDS = 5;
    private static final double MOST_MOVING = 0.01;
    private static final double MOST_LEFT = 0.2;

    void measure(Table table) throws IOException {
        Path silence = workshop.silence(SECONDS);
        List<Path> files = workshop.settings().files();
        List<Double> moving = new ArrayList<>();
        List<Double> left = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Mouth ours = faces.mouthOf(application.render("silent-" + i, silence, files.get(i)));
            Mouth old = real.get(i);
            double seconds = Math.min(ours.seconds(), old.seconds());
            double[] width = ours.widthUntil(seconds);
            double[] oldWidth = old.widthUntil(seconds);
            moving.add(Signal.moving(ours.opening()));
            left.add(Signal.range(width) / Signal.range(oldWidth));
            table.row(
                    Workshop.stem(files.get(i)) + " with silence",
                    number(
                            "moving %.3f; opening %.3f in the median, range %.3f; width: %.2f of the old range, r %.2f",
                            moving.get(i),
                            Signal.median(ours.opening()),
                            Signal.range(ours.opening()),
                            left.get(i),
                            Signal.match(oldWidth, width).r0()));
        }
        double still =
                (double) moving.stream().filter(share -> share <= MOST_MOVING).count() / moving.size();
        table.row(
                "silence: at most 0.01 of the frames move more than the mesh trembles",
                number("%.0f %% of the talkers", 100 * still),
                ">= 90 %",
                still >= 0.9);
        double median = Signal.median(left);
        table.row(
                "silence: range of the width / that of the old one, median",
                number("%.2f", median),
                "<= 0.2",
                median <= MOST_LEFT);
    }
}
