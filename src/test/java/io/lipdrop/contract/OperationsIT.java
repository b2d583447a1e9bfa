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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What someone who runs Lipdrop sees of it over HTTP and in the log. */
class OperationsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

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
    void noWebPageCanMakeTheBrowserDoAnything() throws IOException {
        Path written = lipdrop.home().resolve("by-a-web-page");
        String send = "org.apache.camel:context=lipdrop,name=%22lipdrop%22,type=context/sendStringBody/file:"
                + lipdrop.home().toString().replace("/", "!/") + "%3FfileName=by-a-web-page/any%20text";
        for (String path : List.of(
                "/actuator/jolokia/exec/" + send,
                "/actuator/jolokia;x=y/exec/" + send,
                "/actuator//jolokia/exec/" + send,
                "/actuator/x/%2e%2e/jolokia/exec/" + send,
                "/actuator/hawtio/jolokia/exec/" + send,
                "/actuator/jolokia?p=exec/" + send,
                "/actuator/hawtio/jolokia/?p=exec/" + send,
                "/actuator/jolokia/version",
                "/actuator/jolokia/list")) {
            assertThat(lipdrop.send("GET", path).statusCode()).as(path).isEqualTo(403);
            assertThat(lipdrop.send("HEAD", path).statusCode()).as(path).isEqualTo(403);
        }
        for (String[] headers : List.of(
                new String[] {"Sec-Fetch-Site", "cross-site"},
                new String[] {"Sec-Fetch-Site", "same-site"},
                new String[] {"Origin", "null"},
                new String[] {"Origin", "http://localhost:1"},
                new String[] {"Referer", "http://evil.example/"})) {
            for (String method : List.of("GET", "POST", "OPTIONS")) {
                assertThat(lipdrop.send(method, "/actuator/jolokia", headers).statusCode())
                        .as("%s %s", method, List.of(headers))
                        .isEqualTo(403);
            }
        }
        assertThat(written).doesNotExist();
        assertThat(lipdrop.send("GET", "/actuator/jolokia").statusCode()).isEqualTo(200);
        assertThat(lipdrop.send("GET", "/actuator/hawtio/jolokia").statusCode()).isEqualTo(200);
        assertThat(lipdrop.send("GET", "/actuator/hawtio/proxy/http/127.0.0.1/" + lipdrop.port() + "/actuator/health")
                        .statusCode())
                .isEqualTo(404);
        String[] link = {"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Referer", "http://wiki.example/"
        };
        assertThat(lipdrop.send("GET", "/actuator/hawtio/index.html", link).statusCode())
                .isEqualTo(200);
        assertThat(lipdrop.send("GET", "/actuator/hawtio/jolokia", link).statusCode())
                .isEqualTo(403);
    }

    @Test
    void theConsoleLooksAndStartsAndStopsRoutesAndNothingElse() throws IOException {
        String context = "\"mbean\": \"org.apache.camel:context=lipdrop,name=\\\"lipdrop\\\",type=context\"";
        for (String request : List.of(
                "{\"type\": \"exec\", " + context
                        + ", \"operation\": \"sendStringBody\", \"arguments\": [\"log:x\", \"y\"]}",
                "{\"type\": \"exec\", " + context + ", \"operation\": \"createEndpoint\", \"arguments\": [\"log:x\"]}",
                "{\"type\": \"exec\", " + context + ", \"operation\": \"stop()\"}",
                "{\"type\": \"write\", " + context + ", \"attribute\": \"Tracing\", \"value\": true}",
                "{\"type\": \"read\", " + context
                        + ", \"target\": {\"url\": \"service:jmx:rmi:///jndi/rmi://127.0.0.1:1/x\"}}",
                "{\"type\": \"notification\", \"command\": \"register\"}",
                "{\"type\": \"read\", \"mbean\": \"com.sun.management:type=HotSpotDiagnostic\", \"attribute\": \"DiagnosticOptions\"}",
                "{\"type\": \"exec\", \"mbean\": \"com.sun.management:type=DiagnosticCommand\", \"operation\": \"vmVersion\"}",
                "{\"type\": \"exec\", \"mbean\": \"java.util.logging:type=Logging\", \"operation\": \"setLoggerLevel\", "
                        + "\"arguments\": [\"\", \"OFF\"]}")) {
            String body = lipdrop.post("/actuator/jolokia", "[" + request + "]").body();
            assertThat(JSON.readTree(body).path(0).path("status").asInt())
                    .as("%s: %s", request, body)
                    .isEqualTo(403);
        }
        String strays = "\"mbean\": \"org.apache.camel:context=lipdrop,name=\\\"strays\\\",type=routes\"";
        jolokia("{\"type\": \"exec\", " + strays + ", \"operation\": \"stop()\"}");
        jolokia("{\"type\": \"exec\", " + strays + ", \"operation\": \"start()\"}");
        assertThat(jolokia("{\"type\": \"read\", " + strays + ", \"attribute\": \"State\"}")
                        .asText())
                .isEqualTo("Started");
        assertThat(jolokia("{\"type\": \"search\", \"mbean\": \"com.sun.management:*\"}"))
                .isEmpty();
    }

    @Test
    void theJarHasNothingThatConnectsToWhereARequestSays() throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("lipdrop.jar", "target/lipdrop.jar"))) {
            assertThat(jar.stream().map(JarEntry::getName))
                    .anyMatch(name -> name.contains("jolokia-service-jmx-"))
                    .noneMatch(name ->
                            name.matches(".*/(jolokia-(service-(jsr160|discovery|notif|history)|agent)|c3p0).*"));
        }
    }

    @Test
    void onANetworkNobodyComesInWithoutALogin() throws IOException {
        Path home = RunningLipdrop.freshHome("network");
        Path password = Files.writeString(home.resolve("password"), "correct horse\n");
        try (RunningLipdrop open = RunningLipdrop.start(
                home,
                "server.address=0.0.0.0",
                "lipdrop.hosts=nas.example",
                "env:LIPDROP_PASSWORD_FILE=" + password,
                "lipdrop.tokens[0].name=monitor",
                "lipdrop.tokens[0].sha256=" + RunningLipdrop.TOKEN_SHA256)) {
            assertThat(open.console())
                    .contains(
                            "Other machines reach Lipdrop at 0.0.0.0",
                            "lipdrop (operator), token monitor (viewer)",
                            "clear text");
            assertThat(open.send("GET", "/actuator/health").statusCode()).isEqualTo(200);
            assertThat(open.send("GET", "/actuator/health").body()).doesNotContain("components");
            for (String path : List.of(
                    "/api/session",
                    "/actuator/hawtio/index.html",
                    "/actuator/hawtio/jolokia",
                    "/actuator/jolokia",
                    "/actuator/prometheus",
                    "/actuator/health/lipdrop")) {
                assertThat(open.send("GET", path).statusCode()).as(path).isEqualTo(401);
                assertThat(open.send("POST", path).statusCode()).as(path).isEqualTo(401);
            }
            assertThat(open.send("GET", "/actuator/health/..;/hawtio/index.html")
                            .statusCode())
                    .isEqualTo(403);
            everyCallOfTheApiNeedsALoginAndEveryChangeAnOperator(open);
            String nas = "GET /actuator/health HTTP/1.1\r\nHost: nas.example\r\nConnection: close\r\n\r\n";
            assertThat(raw(open.port(), nas)).startsWith("HTTP/1.1 200");
            assertThat(raw(open.port(), nas.replace("nas", "evil"))).startsWith("HTTP/1.1 403");
            assertThat(raw(open.port(), nas.replace("/actuator", "http://evil.example/actuator")))
                    .startsWith("HTTP/1.1 400");
            assertThat(raw(open.port(), "GET /actuator/health HTTP/1.0\r\n\r\n"))
                    .startsWith("HTTP/1.1 403");
        }
    }

    private static void everyCallOfTheApiNeedsALoginAndEveryChangeAnOperator(RunningLipdrop open) throws IOException {
        String[] viewer = {"Authorization", "Bearer " + RunningLipdrop.TOKEN};
        int calls = 0;
        for (Path part : openapi()) {
            for (Map.Entry<String, JsonNode> path :
                    JSON.readTree(part.toFile()).path("paths").properties()) {
                String url = path.getKey().replaceAll("\\{.*?}", "x");
                for (String method : METHODS) {
                    if (!path.getValue().has(method.toLowerCase(Locale.ROOT))) {
                        continue;
                    }
                    calls++;
                    assertThat(open.send(method, url).statusCode())
                            .as("%s %s", method, url)
                            .isEqualTo(401);
                    boolean isRead = method.equals("GET") || method.equals("HEAD");
                    if (!isRead) {
                        assertThat(open.send(method, url, viewer).statusCode())
                                .as("viewer: %s %s", method, url)
                                .isEqualTo(403);
                    } else if (!url.equals("/api/events")) { // which does not end
                        assertThat(open.send(method, url, viewer).statusCode())
                                .as("viewer: %s %s", method, url)
                                .isNotIn(401, 403);
                    }
                }
            }
        }
        assertThat(calls).isGreaterThan(5);
    }

    private static List<Path> openapi() throws IOException {
        try (Stream<Path> parts = Files.list(Path.of("src/main/resources/openapi"))) {
            return parts.toList();
        }
    }

    @Test
    void onANetworkItDoesNotStartWithoutALogin() {
        try (RunningLipdrop refused =
                RunningLipdrop.launch(RunningLipdrop.freshHome("no-login"), "server.address=0.0.0.0")) {
            assertThat(refused.waitForExit()).isEqualTo(1);
            assertThat(refused.console().lines())
                    .hasSize(2)
                    .first(InstanceOfAssertFactories.STRING)
                    .contains("server.address (0.0.0.0)", "no login");
            assertThat(refused.home().resolve("work")).doesNotExist();
        }
    }

    private static String raw(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
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
                        "loading the models",
                        "reading voice.ogg",
                        "tracking the face in face.mp4",
                        "rendering face.mp4",
                        "delivering")
                .contains("queued", "1 of 1 video(s) accepted") // a worker may be quicker than their record
                .hasSizeLessThan(14);
    }

    private JsonNode jolokia(String request) throws IOException {
        JsonNode answer =
                JSON.readTree(lipdrop.post("/actuator/jolokia", request).body());
        assertThat(answer.path("status").asInt()).as("%s", answer).isEqualTo(200);
        return answer.path("value");
    }
}
