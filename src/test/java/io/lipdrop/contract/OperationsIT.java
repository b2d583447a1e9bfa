package io.lipdrop.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What someone who runs Lipdrop sees of it over HTTP and in the log. */
class OperationsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunningLipdrop lipdrop = RunningLipdrop.shared();

    @Test
    void healthIsUp() {
        assertThat(lipdrop.health().path("status").asText())
                .as("%s", lipdrop.health())
                .isEqualTo("UP");
    }

    @Test
    void prometheusCountsJobsFramesPhasesAndRoutes() throws IOException {
        Drop.simple("counted").into(lipdrop.inbox().resolve("counted"));
        lipdrop.awaitState("counted", "done");

        String metrics = lipdrop.get("/actuator/prometheus").body();

        assertThat(metrics)
                .containsPattern("lipdrop_queue_depth\\{.*} ")
                .containsPattern("lipdrop_jobs\\{.*state=\"running\".*} ")
                .containsPattern("lipdrop_jobs_ended_total\\{.*state=\"done\".*} [1-9]")
                .contains("lipdrop_frames_per_second")
                .containsPattern("lipdrop_phase_seconds_count\\{.*phase=\"rendering\".*} [1-9]")
                .containsPattern("camel_exchanges.*routeId=\"sync\"");
    }

    @Test
    void hawtioIsThereAndCanDrawEveryRoute() throws IOException {
        assertThat(lipdrop.get("/actuator/hawtio/index.html").statusCode()).isEqualTo(200);
        JsonNode routes = jolokia("""
                {"type": "read", "mbean": "org.apache.camel:context=*,type=routes,name=*",
                 "attribute": ["RouteId", "Description", "State"]}
                """);
        List<String> ids = new ArrayList<>();
        for (JsonNode route : routes) {
            ids.add(route.path("RouteId").asText());
            assertThat(route.path("Description").asText()).as("%s", route).isNotBlank();
            assertThat(route.path("State").asText()).as("%s", route).isEqualTo("Started");
        }
        assertThat(ids).contains("intake", "validation", "queue", "sync", "delivery");

        JsonNode contexts = jolokia("{\"type\": \"search\", \"mbean\": \"org.apache.camel:type=context,*\"}");
        JsonNode drawn = jolokia(
                "{\"type\": \"exec\", \"operation\": \"dumpRoutesAsXml()\", \"mbean\": " + contexts.path(0) + "}");
        assertThat(ids).allSatisfy(id -> assertThat(drawn.asText()).contains("id=\"" + id + "\""));
    }

    @Test
    void nobodyOutsideThisMachineReachesIt() throws IOException {
        List<InetAddress> outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .toList();
        assumeTrue(!outside.isEmpty(), "this machine has no address but its own 127.0.0.1");

        for (InetAddress address : outside) {
            assertThatThrownBy(() -> new Socket(address, lipdrop.port()).close())
                    .as("%s", address)
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void theLogTellsOneLineAStageOfEachJob() {
        Drop.simple("logged").into(lipdrop.inbox().resolve("logged"));
        lipdrop.awaitState("logged", "done");

        List<String> lines = lipdrop.log()
                .lines()
                .filter(line -> line.matches(".* - logged(-01)?: .*"))
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .toList();

        assertThat(lines)
                .containsSubsequence(
                        "taken from the inbox, 1 video(s) to check",
                        "1 of 1 video(s) accepted",
                        "queued",
                        "loading the models",
                        "reading voice.ogg",
                        "looking for the face in face.mp4",
                        "rendering face.mp4",
                        "delivering")
                .hasSizeLessThan(14);
    }

    private JsonNode jolokia(String request) throws IOException {
        JsonNode answer =
                JSON.readTree(lipdrop.post("/actuator/jolokia", request).body());
        assertThat(answer.path("status").asInt()).as("%s", answer).isEqualTo(200);
        return answer.path("value");
    }
}
