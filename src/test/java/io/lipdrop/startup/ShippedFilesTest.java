package io.lipdrop.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedFilesTest {
    private static final String CARD = "face_landmark_with_attention.md";
    /** As the first version shipped it. */
    private static final Path FORMER = Path.of("src/test/resources/former", CARD);

    @TempDir
    Path models;

    @Test
    void whatIsMissingIsCopiedAndWhatIsThereStays() throws IOException {
        Files.writeString(models.resolve(CARD), "edited");

        ShippedFiles.copyMissing("models", models);

        assertThat(ShippedFiles.namesFor("models"))
                .contains(CARD, "voice_to_mouth.onnx")
                .allSatisfy(name -> assertThat(models.resolve(name)).isNotEmptyFile());
        assertThat(models.resolve(CARD)).hasContent("edited");
    }

    @Test
    void whatAnEarlierVersionShippedIsReplaced() throws IOException {
        Path card = Files.copy(FORMER, models.resolve(CARD));

        ShippedFiles.replaceFormer("models", models);

        assertThat(card).hasSameBinaryContentAs(Path.of("models", CARD));
    }

    @Test
    void whatSomeoneEditedIsNotReplaced() throws IOException {
        String edited = Files.readString(FORMER) + "Ours has other weights.\n";
        Path card = Files.writeString(models.resolve(CARD), edited);

        ShippedFiles.replaceFormer("models", models);

        assertThat(card).hasContent(edited);
        assertThat(models.resolve("voice_to_mouth.onnx")).doesNotExist();
    }
}
