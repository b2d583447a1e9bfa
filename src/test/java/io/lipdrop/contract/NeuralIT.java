package io.lipdrop.contract;

import static io.lipdrop.contract.RunningLipdrop.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lipdrop.onnx.TinyModels;
import io.lipdrop.onnx.TinyModels.Paints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Models that people put into {@code models/}: seen, used, and named when they cannot be used. */
class NeuralIT {
    @Test
    void aModelInTheFolderIsUsedAndOneThatIsNotThereIsMissed() throws IOException {
        Path home = RunningLipdrop.freshHome("neural");
        Path models = Files.createDirectories(home.resolve("models"));
        TinyModels.wav2lip(models.resolve("mine.onnx"), Paints.MEL);
        Files.writeString(models.resolve("poem.onnx"), "shall I compare thee");
        try (RunningLipdrop lipdrop = RunningLipdrop.start(home, "lipdrop.device=cuda:0", "lipdrop.engine.idle=1s")) {
            drop("network", "wav2lip", 10).into(lipdrop.inbox());
            drop("without", "warp", 1.5).into(lipdrop.inbox());
            drop("absent", "edtalk", 1.5).into(lipdrop.inbox());
            drop("broken", "poem.onnx", 1.5).into(lipdrop.inbox());

            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(lipdrop.status("network")
                                    .at("/jobs/0/message")
                                    .asText())
                            .isEqualTo("drawn by models/mine.onnx (wav2lip) on cpu"));
            lipdrop.awaitState("network", "done");
            JsonNode sidecar = json(lipdrop.outbox("network").resolve("network.json"));
            assertThat(sidecar.path("engine").asText()).isEqualTo("wav2lip");
            JsonNode model = sidecar.at("/models/2");
            assertThat(model.path("file").asText()).isEqualTo("mine.onnx");
            assertThat(model.path("sha256").asText()).hasSize(64);
            assertThat(model.path("licence").asText()).contains("non-commercial");
            assertThat(sidecar.at("/device/reason").asText()).isNotBlank();
            JsonNode film = TestMedia.probe(lipdrop.outbox("network").resolve("network.mp4"));
            assertThat(ResultsIT.stream(film, "video").path("nb_read_frames").asInt())
                    .isBetween(249, 251);

            lipdrop.awaitState("without", "done");
            assertThat(json(lipdrop.outbox("without").resolve("without.json"))
                            .path("engine")
                            .asText())
                    .isEqualTo("warp");

            assertThat(lipdrop.awaitCode("absent", "absent")).isEqualTo("model-missing");
            JsonNode report = lipdrop.report("absent", "absent");
            assertThat(report.path("message").asText()).contains("edtalk");
            assertThat(report.path("hint").asText()).contains("models/");
            assertThat(lipdrop.awaitCode("broken", "broken")).isEqualTo("model-invalid");

            await().untilAsserted(() -> assertThat(lipdrop.health()
                            .at("/components/lipdrop/details/models")
                            .toString())
                    .contains("\"file\":\"mine.onnx\"", "\"family\":\"wav2lip\"")
                    .contains("\"file\":\"poem.onnx\"", "\"code\":\"model-invalid\"", "\"problem\""));
            assertThat(lipdrop.health().path("status").asText()).isEqualTo("UP");
            assertThat(lipdrop.health()
                            .at("/components/lipdrop/details/device/device")
                            .asText())
                    .isNotBlank();
            await().untilAsserted(() -> assertThat(lipdrop.log()).contains("models/mine.onnx is closed"));
        }
    }

    private static Drop drop(String name, String engine, double seconds) {
        return Drop.named(name)
                .voice(name + ".ogg", TestMedia.voice(seconds))
                .video(name + ".mp4", TestMedia.face())
                .line("options: { engine: " + engine + " }");
    }
}
