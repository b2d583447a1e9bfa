package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import io.lipdrop.sync.voice.Phone;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Whether lips touch where p, b and m are said, and part in open vowels, as seen in the finished video. */
final class LipsSection implements Section {
    /** Seconds at the beginning in which nobody speaks. */
    private static final double SILENT = 0.25;
    /** Openings this far from rest are touching lips at most, and parted ones at least. */
    private static final double TOUCHING = 0.01;

    private static final double PARTED = 0.02;
    /** Seconds by which lips may be early or late. */
    private static final double ABOUT = 0.03;

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        try (Application application = workshop.start("lips");
                Faces faces = workshop.faces()) {
            Mouth mouth = faces.mouthOf(application.render("lips", Phone.SPOKEN, Workshop.PORTRAIT));
            double rest = Signal.median(Arrays.copyOf(mouth.opening(), (int) (SILENT * mouth.rate())));
            List<double[]> pressed = openings(mouth, Phone::isPressed);
            double touching = share(pressed, seen -> Arrays.stream(seen).min().orElse(1) <= rest + TOUCHING);
            table.row(
                    number("lips touch, of %d p b m", pressed.size()),
                    number("%.1f %%", 100 * touching),
                    ">= 90 %",
                    touching >= 0.9);
            List<double[]> open = openings(mouth, Phone::isOpen);
            double parted = share(open, seen -> Arrays.stream(seen).max().orElse(0) >= rest + PARTED);
            table.row(number("lips part, of %d open vowels", open.size()), number("%.1f %%", 100 * parted));
        }
    }

    private static List<double[]> openings(Mouth mouth, Predicate<Phone> wanted) throws IOException {
        return Phone.spoken().stream()
                .filter(wanted)
                .map(phone -> Arrays.copyOfRange(
                        mouth.opening(), (int) Math.ceil((phone.start() - ABOUT) * mouth.rate()), (int)
                                Math.ceil((phone.end() + ABOUT) * mouth.rate())))
                .toList();
    }

    private static double share(List<double[]> all, Predicate<double[]> wanted) {
        return (double) all.stream().filter(wanted).count() / all.size();
    }
}
