package io.lipdrop.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Mutated media and manifests, dropped into the running product: each ends with a result or a report that says why. */
final class MutatedDrops {
    private static final int TOGETHER = 50;
    private static final long END_MILLIS = 240_000;
    private static final long MILLIS_WITHOUT_A_WORD = 60_000;
    private static final List<String> QUICK = List.of(
            "--lipdrop.inbox.settle=300ms",
            "--lipdrop.inbox.patience=3s",
            "--lipdrop.limits.duration=30s",
            "--lipdrop.stall=30s");

    private static final List<String> MANIFESTS = List.of(
            "audio: %1$s-v.ogg\nvideo: %1$s-a.mp4\n",
            "audio: %1$s-v.ogg\nvideos:\n  - %1$s-a.mp4\n  - file: %1$s-b.mp4\n    options: { face: left }\npriority: 7\n",
            "{\"audio\": \"%1$s-v.ogg\", \"videos\": [\"%1$s-a.mp4\", {\"file\": \"%1$s-b.mp4\"}], \"options\": {\"length\": \"loop\"}}",
            "# Größe, 文字\naudio: \"%1$s-v.ogg\"\nvideos: [%1$s-a.mp4]\noptions:\n  length: pingpong\n  audioOffsetMs: 40\n  label: true\n");

    private final Product product;
    private final Media media;
    private final Tally tally;
    private final Path folder;

    MutatedDrops(Product product, Media media, Tally tally, Path folder) {
        this.product = product;
        this.media = media;
        this.tally = tally;
        this.folder = folder;
    }

    /** Media: every second one as the voice of a good video, the others as the video of a good voice. */
    void media(List<Path> sources, Mutation mutation, long drops, long end) throws IOException {
        Path mutated = folder.resolve("mutated");
        Files.createDirectories(mutated);
        run(drops, end, (place, number) -> {
            String batch = "m" + number;
            Path source = sources.get((int) (number % sources.size()));
            Path file = mutated.resolve(source.getFileName().toString());
            mutation.mutate(source, file, tally.seed() * 2_000_000 + number);
            boolean isVoice = number / sources.size() % 2 == 0;
            Drop.of(
                            batch,
                            isVoice ? file : media.voice(1),
                            1,
                            List.of(isVoice ? media.face() : file),
                            java.util.Set.of())
                    .into(place.inbox());
            return batch;
        });
    }

    /** Manifests, with the media that the good one names. */
    void manifests(Mutation mutation, long drops, long end) throws IOException {
        Path good = Files.createDirectories(folder).resolve("good");
        Path bad = folder.resolve("bad");
        run(drops, end, (place, number) -> {
            String batch = "m" + number;
            boolean isJson = number % MANIFESTS.size() == 2;
            Files.writeString(
                    good, MANIFESTS.get((int) (number % MANIFESTS.size())).formatted(batch), StandardCharsets.UTF_8);
            mutation.mutate(good, bad, tally.seed() * 3_000_000 + number);
            Path drop = Files.createDirectories(place.inbox().resolve(batch));
            Files.copy(media.voice(1), drop.resolve(batch + "-v.ogg"));
            Files.copy(media.nobody(), drop.resolve(batch + "-a.mp4"));
            Files.copy(media.nobody(), drop.resolve(batch + "-b.mp4"));
            Files.copy(bad, drop.resolve(batch + (isJson ? ".json" : ".yaml")));
            return batch;
        });
    }

    /** Makes one drop; gives its batch. */
    private interface Dropper {
        String drop(Place place, long number) throws IOException;
    }

    private void run(long drops, long end, Dropper dropper) throws IOException {
        Product.Running lipdrop = null;
        Place place = Place.fresh(folder.resolve("home"), List.of());
        try {
            while (tally.next() < drops && System.nanoTime() < end) {
                if (lipdrop == null || !lipdrop.isAlive()) {
                    if (lipdrop != null) {
                        tally.find("Lipdrop ended by itself before drop " + tally.next() + ", see " + place.home());
                        place = Place.fresh(folder.resolve("home-" + tally.next()), List.of());
                    }
                    lipdrop = product.start(place, QUICK);
                }
                long last = Math.min(drops, tally.next() + TOGETHER);
                List<String> batches = new ArrayList<>();
                for (long number = tally.next(); number < last; number++) {
                    batches.add(dropper.drop(place, number));
                }
                awaitEnds(place, batches, lipdrop);
                for (String batch : batches) {
                    look(place, batch);
                }
                tally.done(last);
                System.err.printf("%d drops: %s%n", last, tally.list("end "));
            }
        } finally {
            if (lipdrop != null) {
                lipdrop.kill();
            }
        }
        if (tally.findings().isEmpty()) {
            place.delete();
        }
    }

    private void awaitEnds(Place place, List<String> batches, Product.Running lipdrop) {
        long end = System.nanoTime() + END_MILLIS * 1_000_000;
        long said = System.nanoTime();
        long ended = 0;
        while (lipdrop.isAlive() && System.nanoTime() < end) {
            long now = batches.stream().filter(batch -> isOver(place, batch)).count();
            if (now == batches.size()) {
                return;
            }
            if (now > ended) {
                ended = now;
                said = System.nanoTime();
            }
            if (System.nanoTime() - said > MILLIS_WITHOUT_A_WORD * 1_000_000) {
                tally.find("nothing ended for a minute, of " + place.home());
                return;
            }
            Product.pause(200);
        }
    }

    private static boolean isOver(Place place, String batch) {
        return place.state(batch).matches("done|failed|cancelled");
    }

    private void look(Place place, String batch) {
        List<JsonNode> reports = Place.filesIn(place.error().resolve(batch)).stream()
                .filter(file -> file.toString().endsWith(".error.json"))
                .map(Place::json)
                .toList();
        JsonNode status = place.status(batch);
        tally.count("end " + (isOver(place, batch) ? status.path("state").asText() : "none"));
        if (!isOver(place, batch)) {
            tally.find(batch + " has no end in " + place.home() + ": "
                    + status.path("message").asText());
        }
        if (status.path("state").asText().equals("failed") && reports.isEmpty()) {
            tally.find(batch + " has failed without a report in " + place.home());
        }
        for (JsonNode report : reports) {
            tally.count("code " + report.path("code").asText());
            if (report.path("code").asText().matches("worker-crashed|stalled|out-of-memory|")) {
                tally.find(batch + " is blamed for " + report + " in " + place.home());
            }
            Words.fault(report.path("message").asText()).ifPresent(fault -> tally.find(batch + ": " + fault));
        }
    }

    /** The row of the table in docs/reliability.md. */
    String row(String what, String engine) {
        return "| %s, mutated by %s, through the application, seed %d | %d drops | %s (%s) | %s |"
                .formatted(
                        what,
                        engine,
                        tally.seed(),
                        tally.next(),
                        tally.list("end "),
                        tally.list("code "),
                        tally.verdict());
    }
}
