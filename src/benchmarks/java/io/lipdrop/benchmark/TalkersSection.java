package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import io.lipdrop.benchmark.Signal.Match;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Whether the mouth says what the voice says, on real talkers: each one's first frame, frozen, is driven by the talker's
 * own voice and has to move as the real mouth did.
 */
final class TalkersSection implements Section {
    /** A mouth that follows no better than this seems to say something else. */
    private static final double LOW = 0.3;

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        List<Path> files = workshop.settings().files();
        if (files.isEmpty()) {
            Workshop.say("talkers: none given, nothing measured");
            return;
        }
        try (Application application = workshop.start("talkers");
                Faces faces = workshop.faces()) {
            List<Mouth> real = new ArrayList<>();
            for (Path file : files) {
                real.add(faces.mouthOf(file));
            }
            frozen(workshop, application, faces, real, table);
            if (files.size() > 1) {
                new DubbedTalkers(workshop, application, faces, real).measure(table);
            }
            new SilentTalkers(workshop, application, faces, real).measure(table);
        }
    }

    private static void frozen(Workshop workshop, Application application, Faces faces, List<Mouth> real, Table table)
            throws IOException {
        List<Likeness> all = new ArrayList<>();
        for (int i = 0; i < real.size(); i++) {
            Path talker = workshop.settings().files().get(i);
            String name = Workshop.stem(talker);
            Path result = application.render("frozen-" + i, talker, workshop.firstFrame(talker));
            double[] loudness = Envelope.of(workshop.ffmpeg(), talker, workshop.file("voice.raw"));
            Likeness likeness = Likeness.of(real.get(i), faces.mouthOf(result), loudness);
            all.add(likeness);
            table.row("frozen " + name + ", own voice", likeness.describe());
        }
        double opening = mean(all, likeness -> likeness.opening.r0());
        table.row("mean opening r0", number("%.3f", opening), ">= 0.68 (first version 0.50)", opening >= 0.68);
        table.row(
                "median opening r0",
                number(
                        "%.3f",
                        Signal.median(all.stream()
                                .map(likeness -> likeness.opening.r0())
                                .toList())));
        table.row("loudness alone, mean opening r0", number("%.3f", mean(all, likeness -> likeness.loudness.r0())));
        double least = all.stream()
                .mapToDouble(likeness -> likeness.opening.r0())
                .min()
                .orElse(0);
        table.row("lowest opening r0", number("%.3f", least), ">= 0.45", least >= 0.45);
        long low = all.stream().filter(likeness -> likeness.opening.r0() < LOW).count();
        table.row("opening r0 below 0.3, talkers of " + all.size(), number("%d", low), "0", low == 0);
        int lag = all.stream()
                .mapToInt(likeness -> Math.abs(likeness.opening.lag()))
                .max()
                .orElse(0);
        table.row("largest best lag, frames of 1/25 s", number("%d", lag), "<= 1", lag <= 1);
        double width = mean(all, likeness -> likeness.width.r0());
        table.row("mean width r0", number("%.3f", width), ">= 0.45 (first version 0.3)", width >= 0.45);
        double range = mean(all, Likeness::range);
        table.row(
                "range of the opening, ours / real, mean",
                number("%.2f", range),
                "0.7 to 1.3",
                range >= 0.7 && range <= 1.3);
    }

    static Match openings(Mouth real, Mouth ours) {
        double seconds = Math.min(real.seconds(), ours.seconds());
        return Signal.match(real.openingUntil(seconds), ours.openingUntil(seconds));
    }

    private static double mean(List<Likeness> all, ToDoubleFunction<Likeness> figure) {
        return all.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }

    private record Likeness(Match opening, Match width, double range, Match loudness) {
        static Likeness of(Mouth real, Mouth ours, double[] loudness) {
            double seconds = Math.min(real.seconds(), ours.seconds());
            return new Likeness(
                    openings(real, ours),
                    Signal.match(real.widthUntil(seconds), ours.widthUntil(seconds)),
                    Signal.range(ours.opening()) / Signal.range(real.opening()),
                    Signal.match(real.openingUntil(seconds), loudness));
        }

        String describe() {
            return number(
                    "opening r0 %.3f, best lag %d (%.3f), range %.2f; width r0 %.3f; loudness r0 %.3f",
                    opening.r0(), opening.lag(), opening.best(), range, width.r0(), loudness.r0());
        }
    }
}
