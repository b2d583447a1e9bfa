package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import io.lipdrop.benchmark.Signal.Match;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Each talker's clip with the next talker's voice: the new words have to show, the old ones no longer, as large as this
 * talker speaks, and the mouth changes from frame to frame as much as it did.
 */
record DubbedTalkers(Workshop workshop, Application application, Faces faces, List<Mouth> real) {
    private static final double LEAST_RANGE = 0.7;
    private static final double MOST_RANGE = 1.3;
    private static final double LEAST_CHANGE = 0.8;
    private static final double MOST_CHANGE = 1.25;

    void measure(Table table) throws IOException {
        List<Path> files = workshop.settings().files();
        List<Dub> dubs = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            int voice = (i + 1) % files.size();
            Dub dub = dub(i, voice);
            dubs.add(dub);
            table.row(
                    "%s with the voice of %s".formatted(Workshop.stem(files.get(i)), Workshop.stem(files.get(voice))),
                    dub.describe());
        }
        double meanNew = mean(dubs, Dub::withNew);
        double meanOld = mean(dubs, dub -> Math.abs(dub.withOld));
        table.row("another's voice, mean opening r0", number("%.3f", meanNew), ">= 0.62", meanNew >= 0.62);
        table.row(
                "another's voice, mean absolute r0 with the old mouth",
                number("%.3f", meanOld),
                "<= 0.25",
                meanOld <= 0.25);
        double opening = mean(dubs, dub -> dub.opening.r0());
        double width = mean(dubs, dub -> dub.width.r0());
        table.row("drawn against asked, mean opening r0", number("%.3f", opening), ">= 0.95", opening >= 0.95);
        table.row("drawn against asked, mean width r0", number("%.3f", width), ">= 0.85", width >= 0.85);
        double likely = share(dubs, dub -> dub.range >= LEAST_RANGE && dub.range <= MOST_RANGE);
        table.row(
                "range of the opening / the talker's own within 0.7 to 1.3",
                number("%.0f %%", 100 * likely),
                ">= 80 %",
                likely >= 0.8);
        double lively = share(dubs, dub -> dub.change >= LEAST_CHANGE && dub.change <= MOST_CHANGE);
        table.row(
                "change from frame to frame round the mouth / the clip's own, median; within 0.8 to 1.25",
                number(
                        "%.2f; %.0f %%",
                        Signal.median(dubs.stream().map(Dub::change).toList()), 100 * lively));
    }

    private Dub dub(int i, int voice) throws IOException {
        Path clip = workshop.settings().files().get(i);
        Path sound = workshop.settings().files().get(voice);
        Path result = application.render("dubbed-" + i, sound, clip);
        Mouth ours = faces.mouthOf(result);
        Mouth asked = Asked.by(sound, workshop.ffmpeg(), workshop.file("asked.raw"));
        double seconds = Math.min(asked.seconds(), ours.seconds());
        return new Dub(
                TalkersSection.openings(real.get(voice), ours).r0(),
                TalkersSection.openings(real.get(i), ours).r0(),
                Signal.match(asked.openingUntil(seconds), ours.openingUntil(seconds)),
                Signal.match(asked.widthUntil(seconds), ours.widthUntil(seconds)),
                Signal.range(ours.opening()) / Signal.range(real.get(i).opening()),
                faces.changeOfMouth(clip, result));
    }

    private static double mean(List<Dub> dubs, ToDoubleFunction<Dub> figure) {
        return dubs.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }

    private static double share(List<Dub> dubs, java.util.function.Predicate<Dub> wanted) {
        return (double) dubs.stream().filter(wanted).count() / dubs.size();
    }

    /**
     * One talker's figures.
     *
     * @param opening asked against drawn
     * @param width asked against drawn
     * @param range drawn over the talker's own
     * @param change of the picture round the mouth, over the clip's own
     */
    private record Dub(double withNew, double withOld, Match opening, Match width, double range, double change) {
        String describe() {
            return number(
                    "r0 %.3f with the voice's mouth, %.3f with the old one; asked: opening r0 %.3f, width r0 %.3f;"
                            + " range %.2f; change %.2f",
                    withNew, withOld, opening.r0(), width.r0(), range, change);
        }
    }
}
