package io.lipdrop.contract;

import static io.lipdrop.contract.RunningLipdrop.json;
import static io.lipdrop.contract.RunningLipdrop.namesIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What lies in the outbox, while a batch runs and when it has ended. */
class ResultsIT {
    /** As a phone records it, but for its brightness. */
    private static final String HLG =
            "-vf setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709,format=yuv444p10le,"
                    + "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt2020:t=arib-std-b67:m=bt2020nc:r=tv:npl=203,"
                    + "format=yuv420p10le -c:v libx265 -x265-params log-level=none -preset ultrafast -tag:v hvc1";

    private final RunningLipdrop lipdrop = RunningLipdrop.shared();

    @Test
    void theResultIsAsLongAsTheVoiceAndSaysThatItIsMadeByAi() {
        Drop.named("exact")
                .voice("exact.ogg", TestMedia.voice(2.3))
                .video("exact.mp4", TestMedia.faceWithSound())
                .into(lipdrop.inbox());
        lipdrop.awaitState("exact", "done");

        Path result = lipdrop.outbox("exact").resolve("exact.mp4");
        JsonNode film = TestMedia.probe(result);

        JsonNode picture = stream(film, "video");
        assertThat(picture.path("codec_name").asText()).isEqualTo("h264");
        assertThat(picture.path("width").asInt()).isEqualTo(192);
        assertThat(picture.path("height").asInt()).isEqualTo(192);
        assertThat(picture.path("avg_frame_rate").asText()).isEqualTo("25/1");
        assertThat(picture.path("nb_read_frames").asInt()).isBetween(57, 58);
        assertThat(picture.path("duration").asDouble()).isCloseTo(2.3, within(0.04));
        JsonNode sound = stream(film, "audio");
        assertThat(sound.path("codec_name").asText()).isEqualTo("aac");
        assertThat(sound.path("duration").asDouble()).isCloseTo(2.3, within(0.04));
        assertThat(film.at("/format/tags/comment").asText()).contains("AI-generated");
        assertThatAnotherReaderDecodesEveryFrameAtItsTime(result);
    }

    @Test
    void theSidecarTellsWhatTheResultIsMadeOf() {
        Drop.simple("told").into(lipdrop.inbox());
        lipdrop.awaitState("told", "done");

        JsonNode sidecar = json(lipdrop.outbox("told").resolve("face.json"));

        assertThat(sidecar.path("job").asText()).startsWith("told");
        assertThat(sidecar.at("/inputs/audio/sha256").asText()).hasSize(64);
        assertThat(sidecar.at("/inputs/video/file").asText()).isEqualTo("face.mp4");
        assertThat(sidecar.path("engine").asText()).isEqualTo("warp");
        assertThat(sidecar.path("models")).isNotEmpty().allSatisfy(model -> {
            assertThat(model.path("sha256").asText()).hasSize(64);
            assertThat(model.path("licence").asText()).isNotBlank();
        });
        assertThat(sidecar.path("frames").asInt()).isBetween(37, 38);
        assertThat(sidecar.path("framesWithoutFace").asInt()).isZero();
        assertThat(sidecar.path("secondsPerPhase").path("rendering").asDouble()).isPositive();
        assertThat(sidecar.path("realTimeFactor").asDouble()).isPositive();
        assertThat(sidecar.at("/options/engine").asText()).isEqualTo("auto");
        assertThat(sidecar.path("device").isMissingNode()).isFalse();
        assertThat(sidecar.path("warnings").isArray()).isTrue();
    }

    @Test
    void whatPhonesAndRecordersWriteIsTaken() throws IOException {
        Path titles = Files.writeString(
                TestMedia.face().resolveSibling("titles.srt"), "1\n00:00:00,000 --> 00:00:00,800\nhello\n");
        Drop.named("phones")
                .voice("phones.ogg", TestMedia.voice())
                .video(
                        "titled.mkv",
                        TestMedia.faceAs("titled.mkv", "-i " + titles + " -map 0 -map 1 -c:v copy -c:s srt"))
                .video("fragments.mp4", TestMedia.faceAs("fragments.mp4", "-c copy -movflags frag_every_frame"))
                .video("picture.webp", TestMedia.faceAs("picture.webp", "-frames:v 1 -c:v libwebp"))
                .video("moving.gif", TestMedia.faceAs("moving.gif", "-f gif"))
                .video("hlg.mov", TestMedia.faceAs("hlg.mov", HLG))
                .into(lipdrop.inbox());
        lipdrop.awaitState("phones", "done");

        for (String name : List.of("titled", "fragments", "picture", "moving", "hlg")) {
            JsonNode picture = stream(TestMedia.probe(lipdrop.outbox("phones").resolve(name + ".mp4")), "video");
            assertThat(picture.path("nb_read_frames").asInt()).as(name).isBetween(37, 38);
            assertThat(json(lipdrop.outbox("phones").resolve(name + ".json"))
                            .path("framesWithoutFace")
                            .asInt())
                    .as(name)
                    .isZero();
        }
        JsonNode hlg = stream(TestMedia.probe(lipdrop.outbox("phones").resolve("hlg.mp4")), "video");
        for (String colour : List.of("color_space", "color_primaries", "color_transfer")) {
            assertThat(hlg.path(colour).asText()).as(colour).isEqualTo("bt709");
        }
        assertThat(json(lipdrop.outbox("phones").resolve("hlg.json"))
                        .path("warnings")
                        .toString())
                .contains("hlg.mov is HDR (HLG): it was converted to SDR (BT.709).");
    }

    @Test
    void sourcesAreKeptInTheArchive() {
        Drop.named("kept")
                .voice("kept.ogg", TestMedia.voice())
                .video("kept.mp4", TestMedia.face())
                .into(lipdrop.inbox());
        lipdrop.awaitState("kept", "done");

        Path archive = lipdrop.work("archive").resolve("kept");
        await().untilAsserted(
                        () -> assertThat(archive.resolve("media/kept.mp4")).exists());
        assertThat(archive.resolve("media/kept.mp4")).hasSameBinaryContentAs(TestMedia.face());
        assertThat(archive.resolve("media/kept.ogg")).hasSameBinaryContentAs(TestMedia.voice());
        assertThat(archive.resolve("manifest/kept.yaml")).exists();
        assertThat(lipdrop.work("staging").resolve("kept")).doesNotExist();
    }

    @Test
    void whileAJobRunsItsStatusIsFreshAndNothingHalfWrittenIsSeen() {
        Drop.named("watched")
                .voice("watched.ogg", TestMedia.voice(29))
                .video("watched.mp4", TestMedia.face())
                .into(lipdrop.inbox());
        await().until(() -> lipdrop.state("watched").equals("running"));
        List<Instant> updates = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> phases = new HashSet<>();
        List<Double> percents = new ArrayList<>();
        Set<String> etas = new HashSet<>();

        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    names.addAll(namesIn(lipdrop.outbox("watched")).stream()
                            .filter(name -> !name.startsWith("."))
                            .toList());
                    JsonNode status = lipdrop.status("watched");
                    Instant updated = Instant.parse(status.path("updatedAt").asText());
                    if (updates.isEmpty() || !updates.get(updates.size() - 1).equals(updated)) {
                        updates.add(updated);
                    }
                    JsonNode job = status.at("/jobs/0");
                    phases.add(job.path("phase").asText());
                    etas.add(job.path("etaSeconds").asText());
                    if (job.has("frame")) {
                        assertThat(job.path("frames").asInt()).isEqualTo(725);
                        percents.add(job.path("percent").asDouble());
                    }
                    Path film = lipdrop.outbox("watched").resolve("watched.mp4");
                    if (Files.exists(film)) {
                        assertThat(stream(TestMedia.probe(film), "video")
                                        .path("nb_read_frames")
                                        .asInt())
                                .isEqualTo(725);
                    }
                    return status.path("state").asText().equals("done");
                });

        assertThat(names).isSubsetOf("status.json", "watched.mp4", "watched.json");
        assertThat(phases).contains("rendering");
        assertThat(percents).isSorted().hasSizeGreaterThan(3);
        assertThat(etas).hasSizeGreaterThan(2);
        for (int i = 1; i < updates.size(); i++) {
            assertThat(Duration.between(updates.get(i - 1), updates.get(i))).isLessThan(Duration.ofMillis(2500));
        }
    }

    private static void assertThatAnotherReaderDecodesEveryFrameAtItsTime(Path result) {
        GrabbedVideo video = GrabbedVideo.of(result);
        assertThat(video.width()).isEqualTo(192);
        assertThat(video.height()).isEqualTo(192);
        assertThat(video.micros()).hasSizeBetween(57, 58);
        for (int i = 0; i < video.micros().size(); i++) {
            assertThat(video.micros().get(i)).as("time of frame %d", i).isEqualTo(40_000L * i);
        }
        assertThat(video.soundSeconds()).isCloseTo(2.3, within(0.07));
    }

    static JsonNode stream(JsonNode film, String type) {
        return StreamSupport.stream(film.path("streams").spliterator(), false)
                .filter(stream -> stream.path("codec_type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
