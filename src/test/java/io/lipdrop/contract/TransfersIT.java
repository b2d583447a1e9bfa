package io.lipdrop.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.ZipFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files come and go over HTTP, whole, whatever breaks. */
class TransfersIT {
    private static final int LARGE_MB = 300;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void aLargeUploadGoesOnAfterBrokenConnectionsAndAKill() throws Exception {
        Path file = random("large.mp4", LARGE_MB);
        Path home = RunningLipdrop.freshHome("upload");
        String id;
        long reached;
        try (RunningLipdrop lipdrop = RunningLipdrop.start(home)) {
            id = begin(lipdrop, "large.mp4", Files.size(file));
            reached = breakOff(lipdrop, id, file, 0, 40 << 20);
            reached = breakOff(lipdrop, id, file, reached, 70 << 20);
            try (Socket socket = patch(lipdrop, id, file, reached, 30 << 20)) {
                long before = reached;
                assertThat(socket.isConnected()).isTrue();
                Awaitility.await().until(() -> offset(lipdrop, id) > before + (5 << 20));
                lipdrop.kill();
            }
        }
        try (RunningLipdrop lipdrop = RunningLipdrop.start(home)) {
            long offset = offset(lipdrop, id);
            Path arrived = lipdrop.work("uploads").resolve(id + ".bin");
            assertThat(offset).isEqualTo(Files.size(arrived)).isGreaterThan(reached);
            assertThat(send(lipdrop, id, file, offset).statusCode()).isEqualTo(204);
            assertThat(Files.mismatch(file, arrived)).isEqualTo(-1);
            assertThat(lipdrop.inbox()).isEmptyDirectory();
        }
    }

    @Test
    void wrongRequestsAreAnsweredAsTheProtocolSays() throws Exception {
        RunningLipdrop lipdrop = RunningLipdrop.shared();
        String id = begin(lipdrop, "a.ogg", 10);
        String place = "/api/uploads/" + id;
        String type = "application/offset+octet-stream";

        assertThat(status(request(lipdrop, "/api/uploads").POST(BodyPublishers.noBody())))
                .isEqualTo(412);
        assertThat(status(tus(lipdrop, "/api/uploads").POST(BodyPublishers.noBody())))
                .isEqualTo(400);
        assertThat(status(tus(lipdrop, "/api/uploads")
                        .POST(BodyPublishers.noBody())
                        .header("Upload-Length", "999999999999999")))
                .isEqualTo(413);
        assertThat(status(tus(lipdrop, place).method("PATCH", BodyPublishers.ofString("x"))))
                .isEqualTo(415);
        assertThat(status(tus(lipdrop, place)
                        .method("PATCH", BodyPublishers.ofString("x"))
                        .header("Content-Type", type)
                        .header("Upload-Offset", "5")))
                .isEqualTo(409);
        assertThat(status(tus(lipdrop, place)
                        .method("PATCH", BodyPublishers.ofString("12345678901"))
                        .header("Content-Type", type)
                        .header("Upload-Offset", "0")))
                .isEqualTo(413);
        assertThat(status(tus(lipdrop, place)
                        .POST(BodyPublishers.ofString("1234567890"))
                        .header("X-HTTP-Method-Override", "PATCH")
                        .header("Content-Type", type)
                        .header("Upload-Offset", "0")))
                .isEqualTo(204);
        assertThat(status(tus(lipdrop, place).DELETE())).isEqualTo(204);
        assertThat(status(tus(lipdrop, place).DELETE())).isEqualTo(404);
        HttpResponse<Void> options = HTTP.send(
                request(lipdrop, "/api/uploads")
                        .method("OPTIONS", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.discarding());
        assertThat(options.headers().firstValue("Tus-Extension")).hasValue("creation,termination,expiration");
    }

    @Test
    void threeUploadsAtOnce() throws Exception {
        RunningLipdrop lipdrop = RunningLipdrop.shared();
        List<CompletableFuture<Boolean>> uploads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Path file = random("film" + i, 20);
            String id = begin(lipdrop, "film.mp4", Files.size(file));
            uploads.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return send(lipdrop, id, file, 0).statusCode() == 204
                            && Files.mismatch(file, lipdrop.work("uploads").resolve(id + ".bin")) == -1;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (CompletableFuture<Boolean> upload : uploads) {
            assertThat(upload.get()).isTrue();
        }
    }

    @Test
    void aBatchThatWasPostedBeforeAKillIsDoneAndItsResultsCanBeFetched() throws Exception {
        Path home = RunningLipdrop.freshHome("posted");
        String manifest;
        try (RunningLipdrop lipdrop = RunningLipdrop.start(home)) {
            Path voice = Path.of("samples/hello/hello.ogg");
            Path film = Path.of("samples/hello/portrait.mp4");
            String voiceId = begin(lipdrop, "你好.ogg", Files.size(voice));
            String filmId = begin(lipdrop, "张老师.mp4", Files.size(film));
            assertThat(send(lipdrop, voiceId, voice, 0).statusCode()).isEqualTo(204);
            assertThat(send(lipdrop, filmId, film, 0).statusCode()).isEqualTo(204);
            manifest = "{\"audio\": \"upload:%s\", \"video\": \"upload:%s\"}".formatted(voiceId, filmId);
            HttpResponse<String> answer = post(lipdrop, manifest);
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.headers().firstValue("Location")).contains("/api/batches/%E4%BD%A0%E5%A5%BD");
            lipdrop.kill();
        }
        try (RunningLipdrop lipdrop = RunningLipdrop.start(home)) {
            assertThat(JSON.readTree(post(lipdrop, manifest).body())
                            .path("batch")
                            .asText())
                    .isEqualTo("你好");
            lipdrop.awaitState("你好", "done");
            String batch = "/api/batches/%E4%BD%A0%E5%A5%BD";
            JsonNode files = JSON.readTree(lipdrop.get(batch + "/files").body()).path("files");
            assertThat(files.findValuesAsText("file")).contains("张老师.mp4", "张老师.json", "status.json");
            isSeekable(
                    lipdrop,
                    batch + "/files/%E5%BC%A0%E8%80%81%E5%B8%88.mp4",
                    lipdrop.outbox("你好").resolve("张老师.mp4"));
            String job = lipdrop.status("你好").path("jobs").get(0).path("job").asText();
            Awaitility.await()
                    .until(() -> lipdrop.home()
                            .resolve("work/archive/你好/media")
                            .toFile()
                            .isDirectory());
            isSeekable(
                    lipdrop,
                    "/api/jobs/" + java.net.URLEncoder.encode(job, StandardCharsets.UTF_8) + "/source",
                    Path.of("samples/hello/portrait.mp4"));
            Path zip = folder.resolve("a.zip");
            HttpResponse<Path> sent = HTTP.send(request(lipdrop, batch + "/zip").build(), BodyHandlers.ofFile(zip));
            assertThat(sent.headers().firstValueAsLong("Content-Length")).hasValue(Files.size(zip));
            try (ZipFile archive = new ZipFile(zip.toFile())) {
                assertThat(archive.stream().map(entry -> entry.getName())).containsExactly("张老师.json", "张老师.mp4");
            }
        }
    }

    @Test
    void aFileThatChangesWhileItIsSentIsNotWhole() throws Exception {
        RunningLipdrop lipdrop = RunningLipdrop.shared();
        Path results = Files.createDirectories(lipdrop.outbox("changing"));
        Path film = Files.move(random("film.mp4", 200), results.resolve("film.mp4"));
        HttpResponse<InputStream> zip =
                HTTP.send(request(lipdrop, "/api/batches/changing/zip").build(), BodyHandlers.ofInputStream());
        try (InputStream body = zip.body()) {
            body.readNBytes(1 << 20);
            Files.setLastModifiedTime(film, FileTime.from(Instant.now().plusSeconds(5)));
            assertThatThrownBy(() -> body.transferTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(IOException.class);
        }
        HttpResponse<InputStream> plain = HTTP.send(
                request(lipdrop, "/api/batches/changing/files/film.mp4").build(), BodyHandlers.ofInputStream());
        try (InputStream body = plain.body();
                RandomAccessFile cut = new RandomAccessFile(film.toFile(), "rw")) {
            body.readNBytes(1 << 20);
            cut.setLength(50 << 20);
            assertThatThrownBy(() -> body.transferTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(IOException.class);
        }
        assertThat(lipdrop.health().path("status").asText()).isEqualTo("UP");
    }

    private static void isSeekable(RunningLipdrop lipdrop, String path, Path file) throws Exception {
        byte[] content = Files.readAllBytes(file);
        HttpResponse<byte[]> part = HTTP.send(
                request(lipdrop, path).header("Range", "bytes=100-199").build(), BodyHandlers.ofByteArray());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(content, 100, 200));
        HttpResponse<byte[]> whole = HTTP.send(request(lipdrop, path).build(), BodyHandlers.ofByteArray());
        assertThat(whole.body()).isEqualTo(content);
        assertThat(whole.headers().firstValue("Content-Type")).hasValue("video/mp4");
        String tag = whole.headers().firstValue("ETag").orElseThrow();
        assertThat(HTTP.send(request(lipdrop, path).header("If-None-Match", tag).build(), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(304);
    }

    private static int status(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static HttpRequest.Builder request(RunningLipdrop lipdrop, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + lipdrop.port() + path));
    }

    private static HttpRequest.Builder tus(RunningLipdrop lipdrop, String path) {
        return request(lipdrop, path).header("Tus-Resumable", "1.0.0");
    }

    private static String begin(RunningLipdrop lipdrop, String name, long bytes) throws Exception {
        String encoded = Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> begun = HTTP.send(
                tus(lipdrop, "/api/uploads")
                        .POST(BodyPublishers.noBody())
                        .header("Upload-Length", String.valueOf(bytes))
                        .header("Upload-Metadata", "filename " + encoded)
                        .build(),
                BodyHandlers.ofString());
        assertThat(begun.statusCode()).isEqualTo(201);
        String place = begun.headers().firstValue("Location").orElseThrow();
        return place.substring(place.lastIndexOf('/') + 1);
    }

    private static long offset(RunningLipdrop lipdrop, String id) throws Exception {
        return HTTP.send(
                        tus(lipdrop, "/api/uploads/" + id)
                                .method("HEAD", BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.discarding())
                .headers()
                .firstValueAsLong("Upload-Offset")
                .orElseThrow();
    }

    /** Sends the rest of a file. */
    private static HttpResponse<String> send(RunningLipdrop lipdrop, String id, Path file, long offset)
            throws Exception {
        return HTTP.send(
                tus(lipdrop, "/api/uploads/" + id)
                        .method("PATCH", BodyPublishers.ofInputStream(() -> from(file, offset)))
                        .header("Content-Type", "application/offset+octet-stream")
                        .header("Upload-Offset", String.valueOf(offset))
                        .build(),
                BodyHandlers.ofString());
    }

    private static InputStream from(Path file, long offset) {
        try {
            InputStream in = Files.newInputStream(file);
            in.skipNBytes(offset);
            return in;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Announces the rest of a file, sends a part of it, and cuts the connection: how much is there then. */
    private static long breakOff(RunningLipdrop lipdrop, String id, Path file, long offset, int bytes)
            throws Exception {
        try (Socket socket = patch(lipdrop, id, file, offset, bytes)) {
            socket.setSoLinger(true, 0); // a reset
        }
        Awaitility.await().until(() -> offset(lipdrop, id) > offset);
        // What the system has taken in still arrives: the upload is at rest when a request at its end is accepted.
        Awaitility.await().until(() -> {
            long now = offset(lipdrop, id);
            HttpResponse<String> empty = HTTP.send(
                    tus(lipdrop, "/api/uploads/" + id)
                            .method("PATCH", BodyPublishers.noBody())
                            .header("Content-Type", "application/offset+octet-stream")
                            .header("Upload-Offset", String.valueOf(now))
                            .build(),
                    BodyHandlers.ofString());
            return empty.statusCode() == 204;
        });
        return offset(lipdrop, id);
    }

    /** A request that is not finished. */
    private static Socket patch(RunningLipdrop lipdrop, String id, Path file, long offset, int bytes)
            throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), lipdrop.port());
        OutputStream out = socket.getOutputStream();
        Map<String, Object> headers = Map.of(
                "Host",
                "127.0.0.1:" + lipdrop.port(),
                "Tus-Resumable",
                "1.0.0",
                "Upload-Offset",
                offset,
                "Content-Type",
                "application/offset+octet-stream",
                "Content-Length",
                Files.size(file) - offset);
        StringBuilder head = new StringBuilder("PATCH /api/uploads/" + id + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        try (InputStream in = from(file, offset)) {
            out.write(in.readNBytes(bytes));
        }
        out.flush();
        return socket;
    }

    private static HttpResponse<String> post(RunningLipdrop lipdrop, String manifest) throws Exception {
        return HTTP.send(
                request(lipdrop, "/api/batches")
                        .POST(BodyPublishers.ofString(manifest))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "one")
                        .build(),
                BodyHandlers.ofString());
    }

    private Path random(String name, int megabytes) throws IOException {
        Path file = folder.resolve(name);
        byte[] piece = new byte[1 << 20];
        Random random = new Random(megabytes);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < megabytes; i++) {
                random.nextBytes(piece);
                out.write(piece);
            }
        }
        return file;
    }
}
