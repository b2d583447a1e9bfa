package io.lipdrop.campaign;

import io.lipdrop.media.MediaException;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.sound.VoiceDecoder;
import io.lipdrop.media.video.VideoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Mutated media of every accepted kind through the probe and the decoders, as a job uses them: each is read or refused in a
 * minute, and refused in a way that a report can be made of; {@code benchmarks/media.sh}.
 */
final class MutatedMedia {
    private static final String USAGE =
            "benchmarks/media.sh [--files 10000] [--application 500] [--minutes 600] [--seed 1] [--folder DIR]";
    private static final double LONGEST_SECONDS = 60;
    private static final int MOST_FRAMES = 2000;
    private static final int TOGETHER = 100;

    /** Nobody mends a file whose owner is told to close other programs. */
    private static final Set<String> MACHINES_FAULTS = Set.of("OUT_OF_MEMORY", "DISK_FULL", "STALLED");

    private final List<Path> sources;
    private final Mutation mutation;
    private final Tally tally;
    private final Path folder;
    private final Ffmpeg ffmpeg = Ffmpeg.load();
    private final MediaProbe probe = new MediaProbe(ffmpeg);

    MutatedMedia(List<Path> sources, Mutation mutation, Tally tally, Path folder) throws IOException {
        this.sources = sources;
        this.mutation = mutation;
        this.tally = tally;
        this.folder = Files.createDirectories(folder);
    }

    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(args, USAGE, Set.of("files", "application", "minutes", "seed", "folder"));
        Path folder = arguments.file("folder", "target/mutated-media");
        long seed = arguments.number("seed", 1);
        long end = System.nanoTime() + arguments.number("minutes", 600) * 60_000_000_000L;
        Media media = new Media(folder.resolve("media"));
        List<Path> sources = media.ofAllKinds();
        Mutation mutation = Mutation.best();

        Tally alone = Tally.open(folder.resolve("state.json"), seed);
        MutatedMedia campaign = new MutatedMedia(sources, mutation, alone, folder.resolve("files"));
        campaign.run(arguments.number("files", 10_000), end);
        System.out.println(campaign.row());

        Tally whole = Tally.open(folder.resolve("application.json"), seed);
        MutatedDrops drops = new MutatedDrops(Product.unpack(folder), media, whole, folder);
        drops.media(sources, mutation, arguments.number("application", 500), end);
        System.out.println(drops.row("media", mutation.name()));
        System.exit(alone.findings().isEmpty() && whole.findings().isEmpty() ? 0 : 1);
    }

    /** Up to so many files, two at a time, from where an earlier run ended. */
    void run(long files, long end) throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            while (tally.next() < files && System.nanoTime() < end) {
                long first = tally.next();
                long last = Math.min(files, first + TOGETHER);
                Future<?> even = two.submit(() -> each(first, last, 0));
                Future<?> odd = two.submit(() -> each(first, last, 1));
                even.get();
                odd.get();
                tally.done(last);
                System.err.printf("%d files: %s%n", last, tally.list("end "));
            }
        } finally {
            two.shutdown();
        }
    }

    private void each(long first, long last, int parity) {
        for (long number = first + Math.floorMod(parity - first, 2L); number < last; number += 2) {
            one(number);
        }
    }

    private void one(long number) {
        Path source = sources.get((int) (number % sources.size()));
        String name = source.getFileName().toString();
        Path file = folder.resolve(number + "-" + name);
        long start = System.nanoTime();
        String fault = "";
        try {
            mutation.mutate(source, file, tally.seed() * 1_000_000 + number);
            tally.count("end " + read(file));
        } catch (MediaException e) {
            tally.count("end refused");
            tally.count("kind " + e.kind());
            fault = MACHINES_FAULTS.contains(e.kind().name())
                    ? "is the file's fault, not " + e.kind()
                    : complaint(String.valueOf(e.getMessage()), file);
        } catch (IOException | RuntimeException | Error e) {
            fault = e.toString();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        tally.most("seconds", seconds);
        if (seconds > LONGEST_SECONDS) {
            fault += " took %.0f s".formatted(seconds);
        }
        if (fault.isEmpty()) {
            file.toFile().delete();
        } else {
            tally.find(file + ": " + fault);
        }
    }

    /** What is wrong with the words of a refusal: they name the file and no class, and are short. */
    private static String complaint(String message, Path file) {
        Optional<String> fault = Words.fault(message);
        return fault.isPresent() || message.contains(file.getFileName().toString())
                ? fault.orElse("")
                : "does not name the file: " + message;
    }

    private String read(Path file) {
        MediaInfo info = probe.probe(file);
        if (info.video().isPresent()) {
            Frame frame = info.video().get().newFrame();
            try (VideoReader reader = VideoReader.open(ffmpeg, file, info, 0)) {
                for (int i = 0; i < MOST_FRAMES && reader.next(frame) != null; i++) {}
            }
        }
        if (info.audio().isPresent()) {
            Path voice = file.resolveSibling(file.getFileName() + ".s16");
            Path sound = file.resolveSibling(file.getFileName() + ".m4a");
            try {
                new VoiceDecoder(ffmpeg, () -> {}).decode(file, info, voice, sound);
            } finally {
                voice.toFile().delete();
                sound.toFile().delete();
            }
        }
        return "read";
    }

    /** The row of the table in docs/reliability.md. */
    String row() {
        return "| media of %d kinds, mutated by %s, through the probe and the decoders alone, seed %d | %d files | %s (%s); the longest took %.1f s | %s |"
                .formatted(
                        sources.size(),
                        mutation.name(),
                        tally.seed(),
                        tally.next(),
                        tally.list("end "),
                        tally.list("kind "),
                        tally.mostOf("seconds"),
                        tally.verdict());
    }
}
