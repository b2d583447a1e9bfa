package io.lipdrop.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.lipdrop.QuickJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The real jar in a process of its own, seen only from outside: its folders, its HTTP port, its exit code. */
final class RunningLipdrop implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration START = Duration.ofMinutes(3);
    private static final Map<String, String> QUICK = Map.of(
            "lipdrop.inbox.settle", "500ms",
            "lipdrop.inbox.poll", "100",
            "lipdrop.inbox.patience", "6s",
            "lipdrop.inbox.unfinished", "2s",
            "lipdrop.checkpoint", "1s");
    /** The token of a test that gives Lipdrop a login, and what the settings have of it. */
    static final String TOKEN = "open sesame";

    static final String TOKEN_SHA256 = "41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb";
    static final Duration JOB = Duration.ofMinutes(4);
    /** What takes a second on a quiet machine may take many where other tests run beside it. */
    private static final Duration STEP = Duration.ofMinutes(1);

    static {
        Awaitility.setDefaultTimeout(STEP);
    }

    private static RunningLipdrop shared;

    private final Path home;
    private final int port;
    private final Path console;
    private final Process process;

    private RunningLipdrop(Path home, int port, Path console, Process process) {
        this.home = home;
        this.port = port;
        this.console = console;
        this.process = process;
    }

    /** One application for all tests that leave it running; it ends with the tests. */
    static synchronized RunningLipdrop shared() {
        if (shared == null) {
            shared = start(freshHome("shared"), "lipdrop.limits.duration=30s");
            Runtime.getRuntime().addShutdownHook(new Thread(shared::kill));
        }
        return shared;
    }

    /** Starts and waits until it answers. */
    static RunningLipdrop start(Path home, String... settings) {
        return await(launch(home, settings));
    }

    /**
     * Starts as a user that may not read everything, as a service does, and waits until it answers. Skips the test where this
     * process may not start others so.
     */
    static RunningLipdrop startAsOtherUser(Path home, String... settings) {
        List<String> nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        List<String> command = new ArrayList<>(nobody);
        command.addAll(quick().command(List.of("-Dorg.bytedeco.javacpp.cachedir=" + home.resolve("cache"))));
        assumeTrue(
                isRun(nobody, "test", "-r", command.get(command.size() - 1))
                        && isRun(List.of(), "chown", "-R", "65534:65534", home.toString()),
                "only root can start the jar as another user");
        return await(launch(command, home, settings));
    }

    private static boolean isRun(List<String> user, String... command) {
        try {
            List<String> all = new ArrayList<>(user);
            all.addAll(List.of(command));
            return new ProcessBuilder(all).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts the jar as it was built, as {@code java -jar lipdrop.jar} does, and waits until it answers. */
    static RunningLipdrop startPlainly(Path home, String... settings) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(java, "-jar", QuickJar.built().toString());
        return await(launch(command, home, settings));
    }

    /** Starts and does not wait. */
    static RunningLipdrop launch(Path home, String... settings) {
        return launch(quick().command(List.of()), home, settings);
    }

    private static RunningLipdrop await(RunningLipdrop lipdrop) {
        Awaitility.await("start, see " + lipdrop.console).atMost(START).until(() -> {
            assertThat(lipdrop.process.isAlive())
                    .as("still running: %s", lipdrop.console())
                    .isTrue();
            return lipdrop.isUp();
        });
        return lipdrop;
    }

    private static RunningLipdrop launch(List<String> jar, Path home, String... settings) {
        try {
            int port = portIn(settings);
            Files.createDirectories(home);
            Path console =
                    Files.createTempFile(Files.createDirectories(Path.of("target", "consoles")), "lipdrop-", ".txt");
            List<String> command = new ArrayList<>(jar);
            Map<String, String> values = new LinkedHashMap<>(QUICK);
            values.put("lipdrop.home", home.toString());
            values.put("server.port", Integer.toString(port));
            Map<String, String> environment = new HashMap<>();
            for (String setting : settings) {
                if (setting.startsWith("env:")) {
                    environment.put(
                            setting.substring(4, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
                    continue;
                }
                if (setting.startsWith("-X")) {
                    command.add(command.indexOf("-jar"), setting); // for Java
                    continue;
                }
                values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
            }
            values.forEach((name, value) -> command.add("--" + name + "=" + value));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(console.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            return new RunningLipdrop(home.toAbsolutePath(), port, console, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty folder below target/, kept after the tests for a look. */
    static Path freshHome(String name) {
        try {
            Path homes = Files.createDirectories(Path.of("target", "homes").toAbsolutePath());
            return Files.createTempDirectory(homes, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9} does it. */
    void kill() {
        process.destroyForcibly();
        waitForExit();
    }

    /** The same, after some time in which it must not end by itself. */
    void killAfter(Duration time) {
        try {
            assertThat(process.waitFor(time.toMillis(), MILLISECONDS))
                    .as("ended: %s", console())
                    .isFalse();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        kill();
    }

    /** As a service manager does it: SIGTERM. Does not wait. */
    void terminate() {
        process.destroy();
    }

    int waitForExit() {
        try {
            assertThat(process.waitFor(60, SECONDS)).as("ended: %s", console()).isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    Path home() {
        return home;
    }

    int port() {
        return port;
    }

    Path inbox() {
        return home.resolve("inbox");
    }

    Path outbox(String batch) {
        return home.resolve("outbox").resolve(batch);
    }

    Path error(String batch) {
        return home.resolve("error").resolve(batch);
    }

    Path work(String folder) {
        return home.resolve("work").resolve(folder);
    }

    /** {@code outbox/<batch>/status.json}, or nothing. */
    JsonNode status(String batch) {
        return json(outbox(batch).resolve("status.json"));
    }

    String state(String batch) {
        return status(batch).path("state").asText();
    }

    /** The report beside a file that failed. */
    JsonNode report(String batch, String stem) {
        return json(error(batch).resolve(stem + ".error.json"));
    }

    static JsonNode json(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitState(String batch, String state) {
        Awaitility.await(batch + " is " + state)
                .atMost(JOB)
                .untilAsserted(
                        () -> assertThat(state(batch)).as("%s", status(batch)).isEqualTo(state));
    }

    /** Waits until the batch has ended, however. */
    JsonNode awaitEnd(String batch) {
        Awaitility.await(batch + " has ended")
                .atMost(JOB)
                .untilAsserted(
                        () -> assertThat(state(batch)).as("%s", status(batch)).isIn("done", "failed", "cancelled"));
        return status(batch);
    }

    JsonNode awaitReport(String batch, String stem) {
        Awaitility.await("report " + batch + "/" + stem)
                .atMost(JOB)
                .until(() -> report(batch, stem).isObject());
        return report(batch, stem);
    }

    /** The code in a report, once it is there. */
    String awaitCode(String batch, String stem) {
        return awaitReport(batch, stem).path("code").asText();
    }

    HttpResponse<String> get(String path) throws IOException {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    HttpResponse<String> post(String path, String json) throws IOException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** With headers, each followed by its value. */
    HttpResponse<String> send(String method, String path, String... headers) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.noBody());
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** The health of this machine as Lipdrop sees it: status and reasons. */
    JsonNode health() {
        try {
            return JSON.readTree(get("/actuator/health").body());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    String log() {
        return text(home.resolve("logs").resolve("lipdrop.log"));
    }

    String console() {
        return text(console);
    }

    /** What a person would ask for when a test waits in vain: whether it lives, what it said last, what every thread does. */
    String lastWords() {
        List<String> lines = console().lines().toList();
        return "%s, %s, it said last:%n%s%n%s"
                .formatted(
                        home.getFileName(),
                        process.isAlive() ? "alive" : "ended with " + process.exitValue(),
                        String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size())),
                        threads());
    }

    /** When a finished job of a batch began, from its end and the time that it took. */
    Instant begin(String batch, int job) {
        String result = status(batch).path("jobs").path(job).path("result").asText();
        JsonNode sidecar = json(outbox(batch).resolve(result.replace(".mp4", ".json")));
        assertThat(sidecar.path("secondsPerPhase")).as("%s %s", batch, result).isNotEmpty();
        double seconds = 0;
        for (JsonNode phase : sidecar.path("secondsPerPhase")) {
            seconds += phase.asDouble();
        }
        return end(batch, job).minusMillis(Math.round(1000 * seconds));
    }

    /** When a job of a batch has ended. */
    Instant end(String batch, int job) {
        return Instant.parse(
                status(batch).path("jobs").path(job).path("updatedAt").asText());
    }

    /** How many jobs this process has rendered to an end, good or bad: a job that is run twice counts twice. */
    int rendered() {
        return (int) metric("camel_exchanges_total", "routeId=\"sync\"");
    }

    /** Until a route has been run through so often from now on; the first may have begun before. */
    void awaitRuns(String route, int times) {
        double before = metric("camel_exchanges_total", "routeId=\"" + route + "\"");
        Awaitility.await(route + " has looked")
                .until(() -> metric("camel_exchanges_total", "routeId=\"" + route + "\"") >= before + times);
    }

    /** The sum of what {@code /actuator/prometheus} has under this name and with this label. */
    double metric(String name, String label) {
        try {
            return get("/actuator/prometheus")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + "{") && line.contains(label))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** File names in a folder, sorted, without the mark by which Lipdrop knows it; none when it is not there. */
    static List<String> namesIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".lipdrop"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isUp() {
        if (!console().contains("Lipdrop is ready")) {
            return false;
        }
        JsonNode health = health();
        // without details where there is a login
        return health.has("components")
                ? health.path("components").path("lipdrop").isObject()
                : health.has("status");
    }

    private String threads() {
        if (!process.isAlive()) {
            return "";
        }
        try {
            Path tool = Path.of(System.getProperty("java.home"), "bin", "jstack");
            Process stacks = new ProcessBuilder(tool.toString(), Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start();
            return new String(stacks.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static QuickJar quick() {
        try {
            return QuickJar.in(Path.of("target", "unpacked"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port of the test's own choice, as after a restart. */
    private static int portIn(String... settings) throws IOException {
        String name = "server.port=";
        for (String setting : settings) {
            if (setting.startsWith(name)) {
                return Integer.parseInt(setting.substring(name.length()));
            }
        }
        return freePort();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
