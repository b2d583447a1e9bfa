package io.lipdrop.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the campaigns of {@code benchmarks/media.sh} and {@code benchmarks/manifests.sh} through the application. */
class MutatedDropsIT {
    @TempDir
    Path folder;

    @Test
    void mutatedManifestsAndMediaEndWithAResultOrAReport() throws IOException {
        Product product = Product.unpack(Path.of("target", "unpacked"));
        Media media = new Media(folder.resolve("media"));

        Tally manifests = Tally.open(folder.resolve("manifests.json"), 1);
        new MutatedDrops(product, media, manifests, folder).manifests(new Mutation.Bytes(), 20, Long.MAX_VALUE);
        assertThat(manifests.findings()).isEmpty();
        assertThat(manifests.of("end failed")).isEqualTo(20);

        Tally files = Tally.open(folder.resolve("files.json"), 1);
        new MutatedDrops(product, media, files, folder)
                .media(media.ofAllKinds(), new Mutation.Bytes(), 12, Long.MAX_VALUE);
        assertThat(files.findings()).isEmpty();
        assertThat(files.next()).isEqualTo(12);
    }
}
