package io.lipdrop.contract;

import static io.lipdrop.contract.RunningLipdrop.namesIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An upgrade in the middle of work: this version starts in a home that the one before left half-done. */
class OldHomeIT {
    private static final List<String> FINISHED = List.of("finished", "failed");
    private static final Map<String, Integer> FRAMES = Map.of(
            "delivered/delivered", 15,
            "running/a", 60,
            "running/b", 60,
            "running/c", 60,
            "queued/queued", 15,
            "claimed/claimed", 15,
            "taken/d", 15,
            "taken/e", 15,
            "finished/finished", 15);

    @Test
    void everyJobOfTheVersionBeforeEndsWithExactlyOneResultOrReport() throws IOException {
        Path home = OldHome.unpack();
        Map<Path, Long> finished = filesOf(home, FINISHED);
        Path card = Files.createDirectories(home.resolve("models")).resolve("face_landmark_with_attention.md");
        Files.copy(Path.of("src/test/resources/former").resolve(card.getFileName()), card);

        // with a setting of Spring, so that no beans of the build are used, as by all others
        try (RunningLipdrop lipdrop = RunningLipdrop.startPlainly(home, "spring.main.banner-mode=off")) {
            for (String batch : List.of("delivered", "queued", "claimed", "taken")) {
                assertThat(lipdrop.awaitEnd(batch).path("state").asText())
                        .as("%s: %s", batch, lipdrop.status(batch))
                        .isEqualTo("done");
            }
            assertThat(card)
                    .as("models too")
                    .hasSameBinaryContentAs(Path.of("models").resolve(card.getFileName()));
            JsonNode running = lipdrop.awaitEnd("running");
            assertThat(running.path("message").asText()).isEqualTo("3 of 4 done, 1 failed");
            await().untilAsserted(() -> assertThat(openFiles(home)).isEmpty());

            assertThat(filesOf(home, FINISHED))
                    .as("what was finished is as it was")
                    .isEqualTo(finished);
            assertThat(namesIn(home.resolve("outbox")))
                    .containsExactly("claimed", "delivered", "failed", "finished", "queued", "running", "taken");
            assertThat(namesIn(home.resolve("error"))).containsExactly("failed", "running");
            assertThat(namesIn(home.resolve("work/archive")))
                    .containsExactly("claimed", "delivered", "failed", "finished", "queued", "running", "taken");
            assertThat(visible(home.resolve("inbox"))).isEmpty();
            assertThat(videosIn(home.resolve("outbox"))).containsExactlyInAnyOrderElementsOf(FRAMES.keySet());
            FRAMES.forEach((video, frames) -> {
                Path film = home.resolve("outbox").resolve(video + ".mp4");
                assertThat(framesOf(film)).as(video).isEqualTo(frames);
                assertThat(film.resolveSibling(film.getFileName().toString().replace(".mp4", ".json")))
                        .isNotEmptyFile();
            });
            assertThat(visible(home.resolve("error/running")))
                    .containsExactly("damaged.error.json", "damaged.mp4", "running.ogg", "running.yaml");

            retry(lipdrop);
        }
    }

    /** A folder of error that the version before wrote, put right and dropped back. */
    private static void retry(RunningLipdrop lipdrop) throws IOException {
        Path folder = lipdrop.error("failed");
        Drop.copy(TestMedia.face(), folder.resolve("nobody.mp4"));
        Drop.copy(TestMedia.face(), folder.resolve("damaged.mp4"));
        Files.move(folder, lipdrop.inbox().resolve("again"));

        lipdrop.awaitState("failed-2", "done");
        assertThat(visible(lipdrop.outbox("failed-2")))
                .containsExactly("damaged.json", "damaged.mp4", "nobody.json", "nobody.mp4", "status.json");
    }

    private static List<String> openFiles(Path home) throws IOException {
        for (String folder : List.of("staging", "claimed", "queued", "running", "aside")) {
            Path work = home.resolve("work").resolve(folder);
            if (Files.isDirectory(work)) {
                try (Stream<Path> files = Files.walk(work)) {
                    List<String> open = files.filter(Files::isRegularFile)
                            .map(Path::toString)
                            .toList();
                    if (!open.isEmpty()) {
                        return open;
                    }
                }
            }
        }
        return List.of();
    }

    private static Map<Path, Long> filesOf(Path home, List<String> batches) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            batches.contains(file.getParent().getFileName().toString()))
                    .collect(java.util.stream.Collectors.toMap(
                            file -> file, file -> file.toFile().lastModified()));
        }
    }

    /** Every video in the outbox as batch/stem. */
    private static List<String> videosIn(Path outbox) throws IOException {
        try (Stream<Path> files = Files.walk(outbox)) {
            return files.map(file -> outbox.relativize(file).toString())
                    .filter(name -> name.endsWith(".mp4"))
                    .map(name -> name.substring(0, name.length() - ".mp4".length()))
                    .toList();
        }
    }

    private static List<String> visible(Path folder) {
        return namesIn(folder).stream().filter(name -> !name.startsWith(".")).toList();
    }

    private static int framesOf(Path film) {
        return ResultsIT.stream(TestMedia.probe(film), "video")
                .path("nb_read_frames")
                .asInt();
    }
}
