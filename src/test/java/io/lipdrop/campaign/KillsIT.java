package io.lipdrop.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of {@code benchmarks/kills.sh}: one home, on three file systems where this machine has them. */
class KillsIT {
    private static final Path FOLDER = Path.of("target", "kills-short").toAbsolutePath();
    private static final Path MEMORY = Path.of("/dev/shm");

    @Test
    void everyVideoOfAKilledLipdropHasExactlyOneResultOrReport() throws IOException {
        Files.deleteIfExists(FOLDER.resolve("state.json"));
        Tally tally = Tally.open(FOLDER.resolve("state.json"), 1);
        Path elsewhere = Files.isWritable(MEMORY) ? MEMORY : FOLDER.resolve("elsewhere");
        List<Path> three = List.of(elsewhere, FOLDER.resolve("work"), elsewhere);
        Kills kills = new Kills(
                Product.unpack(Path.of("target", "unpacked")),
                new Media(FOLDER.resolve("media")),
                tally,
                FOLDER,
                three);

        kills.round(1);

        assertThat(tally.of("kills")).isEqualTo(4);
        assertThat(tally.findings()).isEmpty();
        assertThat(tally.of("results")).isPositive();
    }
}
