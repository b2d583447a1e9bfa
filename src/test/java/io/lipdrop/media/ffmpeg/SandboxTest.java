package io.lipdrop.media.ffmpeg;

import static io.lipdrop.media.Fixtures.FFMPEG;
import static io.lipdrop.media.Fixtures.PROBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.media.Fixtures;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.container.EncryptedBoxes;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.video.VideoReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a decoder that a hostile file has taken over could still do. */
class SandboxTest {
    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "limits are for Linux")
    void aDecoderHasLimitsAndNoNetwork() throws IOException {
        assumeTrue(FFMPEG.sandbox().contains("without network access"), "no namespaces here: " + FFMPEG.sandbox());
        Path file = film();
        MediaInfo info = PROBE.probe(file);
        try (VideoReader reader = VideoReader.open(FFMPEG, file, info, 0)) {
            reader.next(info.video().orElseThrow().newFrame());
            Path process = Path.of("/proc", Long.toString(reader.pid()));
            assertThat(Files.readSymbolicLink(process.resolve("ns/net")))
                    .isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/net")));
            assertThat(Files.readString(process.resolve("net/dev")).lines().skip(2))
                    .allMatch(line -> line.strip().startsWith("lo:"));
            assertThat(Files.readString(process.resolve("limits")).lines().map(line -> line.replaceAll(" +", " ")))
                    .anyMatch(line -> line.startsWith("Max core file size 0 0"))
                    .anyMatch(line -> line.startsWith("Max file size 0 0"))
                    .anyMatch(line -> line.matches("Max data size \\d+ \\d+ .*"));
            assertThat(Files.readString(process.resolve("environ")).split("\0"))
                    .allMatch(entry ->
                            entry.matches("(?s)(LD_LIBRARY_PATH|PATH|LANG|CUDA_.*|NVIDIA_.*|LIBVA_.*|LIBDRM_.*)=.*"));
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "namespaces are for Linux")
    void aDecoderReachesNobody() throws IOException {
        assumeTrue(FFMPEG.sandbox().contains("without network access"), "no namespaces here: " + FFMPEG.sandbox());
        Programs programs = Programs.unpack();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(3000);
            List<String> call = List.of("-v", "error", "tcp://127.0.0.1:" + server.getLocalPort());
            try (Child outside = Child.start(programs.command("ffprobe", call), new OutsideEnds(() -> true), null);
                    Socket caller = server.accept()) {
                assertThat(caller.isConnected()).isTrue(); // so it would be without the namespace
                outside.kill();
            }
            try (Child inside =
                    Child.start(programs.commandForOutside("ffprobe", call, 0), new OutsideEnds(() -> true), null)) {
                assertThat(inside.waitForExit().isSuccess()).isFalse();
                server.setSoTimeout(200);
                assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"-g 12", "-movflags frag_keyframe+empty_moov", "-movflags +faststart"})
    void anEncryptedFileIsRefusedInSoManyWords(String layout) {
        Path file = Fixtures.make(
                folder.resolve("bought.mp4"),
                Fixtures.picture("160x120", "25", 1) + " -c:v mpeg4 " + layout
                        + " -encryption_scheme cenc-aes-ctr -encryption_key 76a6c65c5ea762046bd749a2e632ccbb"
                        + " -encryption_kid a7e61c373e219033c21091fa607bf3b8");
        assertThatThrownBy(() -> PROBE.probe(file))
                .isInstanceOfSatisfying(MediaException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.ENCRYPTED);
                    assertThat(Diagnosis.ofVideo(e, file, "clip.mp4"))
                            .isInstanceOfSatisfying(
                                    Failure.class,
                                    failure -> assertThat(failure.code()).isEqualTo(FailureCode.MEDIA_ENCRYPTED));
                })
                .hasMessageContaining("bought.mp4 is encrypted");
    }

    @Test
    void boxesInBoxesAreFollowedOnlySoFar() throws IOException {
        int boxes = 200_000;
        ByteBuffer nested = ByteBuffer.allocate(boxes * 8);
        for (int i = 0; i < boxes; i++) {
            nested.putInt(nested.capacity() - i * 8).put("moov".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(EncryptedBoxes.isIn(Files.write(folder.resolve("deep.mp4"), nested.array())))
                .isFalse();
        assertThat(EncryptedBoxes.isIn(film())).isFalse();
        assertThat(EncryptedBoxes.isIn(folder.resolve("absent.mp4"))).isFalse();
    }

    private Path film() {
        return Fixtures.make(folder.resolve("film.mp4"), Fixtures.picture("320x240", "25", 20) + " -c:v mpeg4 -q:v 20");
    }
}
