package io.lipdrop.campaign;

import io.lipdrop.media.ffmpeg.Ffmpeg;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Kills Lipdrop, its decoders and both, at each named step and at any moment, several times a home, and looks at what became of each
 * video; {@code benchmarks/kills.sh}. What a round does follows from the seed and its number, when it happens from the machine.
 */
final class Kills {
    private static final String USAGE = "benchmarks/kills.sh [--kills 300] [--minutes 600] [--seed 1] [--folder DIR] "
            + "[--inbox DIR --work DIR --outbox DIR: on three file systems, every second home]";
    private static final int KILLS_PER_HOME = 4;
    private static final long MOMENT_MILLIS = 60_000;
    private static final long END_MILLIS = 180_000;
    private static final double FRAMES_PER_SECOND = 25;
    private static final double MOST_REDONE_SECONDS = 10;
    /** What the encoders hold, and what was drawn in the second of the last status. */
    private static final double OVERLAP_SECONDS = 2;

    private static final List<String> QUICK = List.of("--lipdrop.inbox.settle=300ms", "--lipdrop.inbox.patience=20s");

    /** What is killed. */
    private enum Victim {
        JAVA,
        DECODER,
        BOTH
    }

    private final Product product;
    private final Media media;
    private final Inspection inspection = new Inspection(Ffmpeg.load());
    private final Tally tally;
    private final Path folder;
    private final List<Path> three;

    Kills(Product product, Media media, Tally tally, Path folder, List<Path> three) {
        this.product = product;
        this.media = media;
        this.tally = tally;
        this.folder = folder;
        this.three = three;
    }

    public static void main(String[] args) throws IOException {
        Arguments arguments =
                Arguments.of(args, USAGE, Set.of("kills", "minutes", "seed", "folder", "inbox", "work", "outbox"));
        Path folder = arguments.file("folder", "target/kills");
        long seed = arguments.number("seed", 1);
        Tally tally = Tally.open(folder.resolve("state.json"), seed);
        Kills campaign = new Kills(
                Product.unpack(folder),
                new Media(folder.resolve("media")),
                tally,
                folder,
                three(arguments.folder("inbox"), arguments.folder("work"), arguments.folder("outbox")));
        long end = System.nanoTime() + arguments.number("minutes", 600) * 60_000_000_000L;
        while (tally.of("kills") < arguments.number("kills", 300) && System.nanoTime() < end) {
            campaign.round(tally.next());
        }
        System.out.println(campaign.row(seed));
        System.exit(tally.findings().isEmpty() ? 0 : 1);
    }

    private static List<Path> three(@Nullable Path inbox, @Nullable Path work, @Nullable Path outbox) {
        return inbox == null || work == null || outbox == null ? List.of() : List.of(inbox, work, outbox);
    }

    /** One home, several kills, and a look at what became of it. */
    void round(long number) throws IOException {
        Random random = new Random(tally.seed() * 1_000_003 + number);
        List<Path> roots = number % 2 == 1 ? three : List.of();
        Place place = Place.fresh(folder.resolve("home-" + number), roots);
        List<Drop> drops = new ArrayList<>();
        List<String> story = new ArrayList<>();
        List<String> wrong;
        Product.@Nullable Running lipdrop = null;
        try {
            for (int kill = 0; kill < KILLS_PER_HOME; kill++) {
                if (lipdrop == null) {
                    lipdrop = product.start(place, QUICK);
                }
                Moment moment = moment(number, kill);
                Victim victim = victim(random);
                boolean isSecond = random.nextBoolean();
                Drop drop = moment.kind(isSecond).make("n%d-%d".formatted(number, kill), media);
                drops.add(drop);
                drop.into(place.inbox());
                boolean isMet = moment.await(place, drop.batch(), MOMENT_MILLIS);
                if (moment == Moment.ANY) {
                    Product.pause(random.nextInt(5000));
                }
                story.add("%s%s at %s of %s".formatted(victim, isMet ? "" : " (not seen)", moment, drop.batch()));
                noteRedone(place, drops, victim);
                kill(lipdrop, victim);
                tally.count("kills");
                tally.count("victim " + victim);
                tally.count((isMet ? "step " : "unseen ") + moment);
                tally.count(place.isDivided() ? "three" : "one");
                lipdrop = lipdrop.isAlive() ? lipdrop : null;
            }
            if (lipdrop == null) {
                lipdrop = product.start(place, QUICK);
            }
            awaitEnd(place, drops);
            lipdrop.kill();
            wrong = inspection.of(place, drops, KILLS_PER_HOME, tally);
        } catch (Product.NotStarted e) {
            wrong = List.of(
                    String.valueOf(e.getMessage()).lines().limit(4).toList().toString());
        } finally {
            if (lipdrop != null) {
                lipdrop.kill();
            }
        }
        wrong.forEach(fault -> tally.find("seed %d home %d: %s (%s)".formatted(tally.seed(), number, fault, story)));
        if (wrong.isEmpty()) {
            place.delete();
        }
        tally.done(number + 1);
        System.err.printf("home %d: %s%n", number, story);
    }

    /** Each step in its turn, so that a short campaign has all of them. */
    private static Moment moment(long number, int kill) {
        Moment[] moments = Moment.values();
        return moments[(int) ((number * KILLS_PER_HOME + kill) * 7 % moments.length)];
    }

    private static Victim victim(Random random) {
        int dice = random.nextInt(10);
        return dice < 5 ? Victim.JAVA : dice < 8 ? Victim.DECODER : Victim.BOTH;
    }

    private void kill(Product.Running lipdrop, Victim victim) {
        List<ProcessHandle> decoders = List.of();
        if (victim != Victim.JAVA) {
            long end = System.nanoTime() + 1_000_000_000L;
            do {
                decoders = lipdrop.decoders();
            } while (decoders.isEmpty() && System.nanoTime() < end);
        }
        if (victim != Victim.DECODER) {
            lipdrop.kill();
        }
        decoders.forEach(ProcessHandle::destroyForcibly);
        decoders.forEach(decoder -> tally.count("decoders"));
    }

    private void noteRedone(Place place, List<Drop> drops, Victim victim) throws IOException {
        if (victim != Victim.DECODER) {
            double seconds = Inspection.framesAtRisk(place, drops) / FRAMES_PER_SECOND;
            tally.most("redone", seconds);
            if (seconds > MOST_REDONE_SECONDS + OVERLAP_SECONDS) {
                tally.find("%s: %.1f s of video are made again".formatted(place.home(), seconds));
            }
        }
    }

    private static void awaitEnd(Place place, List<Drop> drops) {
        long end = System.nanoTime() + END_MILLIS * 1_000_000;
        while (System.nanoTime() < end) {
            boolean isOver =
                    drops.stream().allMatch(drop -> place.state(drop.batch()).matches("done|failed|cancelled"));
            if (isOver && place.leftovers().isEmpty()) {
                return;
            }
            Product.pause(100);
        }
    }

    /** The row of the table in docs/reliability.md. */
    String row(long seed) {
        return ("| `kill -9` at %d named steps and at any moment, seed %d | %d kills (%s) of Lipdrop and %d FFmpegs; %d on one file "
                        + "system, %d on three | %d results, all looked through, and %d reports (%d given up after three kills); most work "
                        + "made again: %.1f s of video. Steps: %s%s | %s |")
                .formatted(
                        Moment.values().length - 1,
                        seed,
                        tally.of("kills"),
                        tally.list("victim "),
                        tally.of("decoders"),
                        tally.of("one"),
                        tally.of("three"),
                        tally.of("results"),
                        tally.of("reports"),
                        tally.of("given up after three kills"),
                        tally.mostOf("redone"),
                        tally.list("step "),
                        tally.list("unseen ").isEmpty() ? "" : "; over before they were seen: " + tally.list("unseen "),
                        tally.verdict());
    }
}
