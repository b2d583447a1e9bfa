package io.lipdrop.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.video.VideoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at what became of drops: each video exactly one result or one report, whole, and nothing left over. */
final class Inspection {
    private final Ffmpeg ffmpeg;
    private final MediaProbe probe;

    Inspection(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
        this.probe = new MediaProbe(ffmpeg);
    }

    /**
     * Everything that is not as it has to be.
     *
     * @param kills how often Lipdrop or a decoder was killed; three in the same job may cost it its result
     */
    List<String> of(Place place, List<Drop> drops, int kills, Tally tally) {
        List<String> wrong = new ArrayList<>();
        for (Drop drop : drops) {
            drop.videos().forEach((stem, frames) -> look(place, drop, stem, frames, kills, tally, wrong));
            if (!place.state(drop.batch()).matches("done|failed")) {
                wrong.add(drop.batch() + " is " + place.status(drop.batch()));
            }
        }
        place.leftovers().forEach(file -> wrong.add("left over: " + file));
        long results = Place.filesIn(place.outbox()).stream()
                .filter(file -> file.toString().endsWith(".mp4"))
                .count();
        long known = drops.stream()
                .flatMap(drop -> drop.videos().keySet().stream().map(stem -> result(place, drop, stem)))
                .filter(Files::exists)
                .count();
        if (results != known) {
            wrong.add((results - known) + " results that nobody asked for in " + place.outbox());
        }
        return wrong;
    }

    private static Path result(Place place, Drop drop, String stem) {
        return place.outbox().resolve(drop.batch()).resolve(stem + ".mp4");
    }

    private void look(Place place, Drop drop, String stem, int frames, int kills, Tally tally, List<String> wrong) {
        Path result = result(place, drop, stem);
        Path report = place.error().resolve(drop.batch()).resolve(stem + ".error.json");
        boolean hasResult = Files.exists(result);
        boolean hasReport = Files.exists(report);
        if (hasResult == hasReport) {
            wrong.add(stem + " has " + (hasResult ? "a result and a report" : "neither a result nor a report"));
            return;
        }
        tally.count(hasResult ? "results" : "reports");
        if (hasReport) {
            JsonNode said = Place.json(report);
            String code = said.path("code").asText();
            boolean isAfterThreeKills = code.equals("worker-crashed") && kills >= 3;
            if (isAfterThreeKills) {
                tally.count("given up after three kills");
            }
            if (code.isEmpty() || (frames > 0 && !isAfterThreeKills)) {
                wrong.add(stem + " was reported as " + code + ": "
                        + said.path("message").asText());
            }
            return;
        }
        if (frames == 0) {
            wrong.add(stem + " is a result, and had to be a report");
        } else {
            wholeness(result, frames).ifPresent(fault -> wrong.add(stem + " " + fault));
        }
        if (Place.json(result.resolveSibling(stem + ".json")).isMissingNode()) {
            wrong.add(stem + " has no sidecar");
        }
    }

    private java.util.Optional<String> wholeness(Path result, int frames) {
        try {
            MediaInfo info = probe.probe(result);
            Frame frame = info.video().orElseThrow().newFrame();
            int count = 0;
            try (VideoReader reader = VideoReader.open(ffmpeg, result, info, 0)) {
                while (reader.next(frame) != null) {
                    count++;
                }
            }
            boolean hasSound = info.audio().isPresent();
            return Math.abs(count - frames) <= 1 && hasSound
                    ? java.util.Optional.empty()
                    : java.util.Optional.of(
                            "has %d frames of %d%s".formatted(count, frames, hasSound ? "" : ", no sound"));
        } catch (MediaException e) {
            return java.util.Optional.of("cannot be read: " + e.getMessage());
        }
    }

    /** The frames that are safe, of the jobs that are being rendered. */
    static Map<String, Long> checkpoints(Place place) {
        Map<String, Long> frames = new java.util.TreeMap<>();
        for (Path file : Place.filesIn(place.work().resolve("staging"))) {
            if (file.getFileName().toString().equals("checkpoint.json")) {
                long sum = 0;
                for (JsonNode segment : Place.json(file).path("segments")) {
                    sum += segment.asLong();
                }
                frames.put(Place.folderOf(file), sum);
            }
        }
        return frames;
    }

    /** How many frames of the running jobs the last status had that no checkpoint has. */
    static long framesAtRisk(Place place, List<Drop> drops) throws IOException {
        Map<String, Long> safe = checkpoints(place);
        long atRisk = 0;
        for (Drop drop : drops) {
            for (JsonNode job : place.status(drop.batch()).path("jobs")) {
                String id = job.path("job").asText();
                boolean isStillMaking = job.path("state").asText().equals("running")
                        && Place.has(
                                place.work().resolve("running"),
                                file -> file.getFileName().toString().contains(id));
                if (isStillMaking
                        && job.has("frame")
                        && job.path("frame").asLong() < job.path("frames").asLong()) {
                    atRisk = Math.max(atRisk, job.path("frame").asLong() - safe.getOrDefault(id, 0L));
                }
            }
        }
        return atRisk;
    }
}
