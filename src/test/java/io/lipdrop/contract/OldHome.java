package io.lipdrop.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A home as version 0.1.0 left it when it was killed, to see that a newer one carries on. Its documents hold absolute paths and the
 * inbox's file system, for which the archive has {@code @HOME@} and {@code @STORE@}; models and logs are left out.
 *
 * <p>{@code finished} and {@code failed} are closed, in the archive. Of {@code running}, a is done, b half-rendered, c queued, and
 * damaged was rejected. {@code queued} waits in the queue, {@code claimed} for validation, with its claim not yet deleted. Of
 * {@code taken}, the voice has left the inbox, and d, e and the manifest have not. Of {@code delivered}, the video is in the outbox,
 * and neither its sidecar nor its outcome was written.
 */
final class OldHome {
    private static final String ARCHIVE = "/home-0.1.0.zip";

    private OldHome() {}

    /** The home, unpacked into a fresh folder. */
    static Path unpack() {
        Path home = RunningLipdrop.freshHome("old");
        try (ZipInputStream archive = new ZipInputStream(open())) {
            String store = Files.getFileStore(home).name();
            for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                Path file = home.resolve(entry.getName()).normalize();
                assertThat(file).startsWithRaw(home);
                byte[] content = archive.readAllBytes();
                if (entry.getName().endsWith(".json")) {
                    content = new String(content, UTF_8)
                            .replace("@HOME@", home.toString())
                            .replace("@STORE@", store)
                            .getBytes(UTF_8);
                }
                Files.createDirectories(file.getParent());
                Files.write(file, content);
            }
            leaveAsJudged(RunningLipdrop.json(home.resolve("work/staging/taken/claim.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return home;
    }

    /** What a claim has not moved yet has the times that it was judged by. */
    private static void leaveAsJudged(JsonNode claim) throws IOException {
        for (JsonNode move : claim.path("moves")) {
            Path source = Path.of(move.path("source").asText());
            if (Files.exists(source)) {
                Files.setLastModifiedTime(
                        source,
                        FileTime.fromMillis(move.path("stamp").path("millis").asLong()));
            }
        }
    }

    private static InputStream open() {
        InputStream archive = OldHome.class.getResourceAsStream(ARCHIVE);
        assertThat(archive).as(ARCHIVE).isNotNull();
        return archive;
    }
}
