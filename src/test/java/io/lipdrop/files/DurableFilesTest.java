package io.lipdrop.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
    @TempDir
    Path folder;

    @Test
    void replacesAFileWhole() throws IOException {
        Path file = folder.resolve("sub/a.json");
        DurableFiles.write(file, bytes("old"));
        DurableFiles.write(file, bytes("new"));

        assertThat(file).hasContent("new");
        assertThat(folder.resolve("sub")).isDirectoryNotContaining("glob:**.lipdrop-*");
    }

    @Test
    void whatAKillLeftGoesWhenTheFileIsWrittenAgain() throws IOException {
        Path file = folder.resolve("x".repeat(250) + ".json");
        Path left = Files.writeString(DurableFiles.temporaryBeside(file), "ha");
        assertThat(DurableFiles.isHalfWritten(left)).isTrue();

        DurableFiles.write(file, bytes("whole"));

        assertThat(file).hasContent("whole");
        assertThat(left).doesNotExist();
    }

    @Test
    void movesAcrossFolders() throws IOException {
        Path source = Files.writeString(folder.resolve("a"), "x");
        Path target = folder.resolve("there/b");
        DurableFiles.move(source, target);

        assertThat(source).doesNotExist();
        assertThat(target).hasContent("x");
    }

    @Test
    void givesAFileASecondNameAndSaysWhenThereIsNone() throws IOException {
        Path source = Files.writeString(folder.resolve("a"), "x");
        DurableFiles.linkOrCopy(source, folder.resolve("there/b"), copied -> {});
        DurableFiles.linkOrCopy(source, folder.resolve("there/b"), copied -> {});

        assertThat(folder.resolve("there/b")).hasContent("x");
        assertThat(source).hasContent("x");
        try (Stream<Path> files = Files.list(folder.resolve("there"))) {
            assertThat(files).hasSize(1);
        }
        assertThatThrownBy(() -> DurableFiles.linkOrCopy(folder.resolve("none"), folder.resolve("c"), copied -> {}))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void deletesATreeButNotWhatALinkPointsAt() throws IOException {
        Path outside = Files.writeString(
                Files.createDirectory(folder.resolve("outside")).resolve("keep"), "x");
        Path tree = Files.createDirectories(folder.resolve("tree/sub"));
        Files.createSymbolicLink(tree.resolve("link"), folder.resolve("outside"));
        DurableFiles.deleteTree(folder.resolve("tree"));
        DurableFiles.deleteTree(folder.resolve("tree"));

        assertThat(folder.resolve("tree")).doesNotExist();
        assertThat(outside).exists();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
