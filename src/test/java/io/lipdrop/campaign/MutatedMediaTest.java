package io.lipdrop.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code benchmarks/media.sh}. */
class MutatedMediaTest {
    private static final Mutation NONE = new Mutation() {
        @Override
        public void mutate(Path source, Path target, long seed) throws java.io.IOException {
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public String name() {
            return "nothing";
        }
    };

    @TempDir
    Path folder;

    @Test
    void mutatedMediaAreReadOrRefusedInWordsForTheirOwner() throws Exception {
        var sources = new Media(folder.resolve("media")).ofAllKinds();

        Tally good = Tally.open(folder.resolve("good.json"), 1);
        new MutatedMedia(sources, NONE, good, folder.resolve("good")).run(sources.size(), Long.MAX_VALUE);
        assertThat(good.findings()).isEmpty();
        assertThat(good.of("end read")).as("sources are good").isEqualTo(sources.size());

        Tally tally = Tally.open(folder.resolve("state.json"), 1);
        new MutatedMedia(sources, new Mutation.Bytes(), tally, folder.resolve("files"))
                .run(2L * sources.size(), Long.MAX_VALUE);
        assertThat(tally.findings()).isEmpty();
        assertThat(tally.of("end read")).isPositive();
        assertThat(tally.of("end refused")).isPositive();
        assertThat(Tally.open(folder.resolve("state.json"), 1).next()).isEqualTo(2L * sources.size());
        assertThat(Tally.open(folder.resolve("state.json"), 2).next()).isZero();
    }
}
