package io.lipdrop.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.home.Folders;
import io.lipdrop.sync.warp.own.MouthBank;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class KeptMouthsTest {
    private static final Instant NOW = Instant.parse("2030-01-31T12:00:00Z");

    @TempDir
    Path home;

    private Folders folders =
            new Folders(Path.of(""), Path.of(""), Path.of(""), Path.of(""), Path.of(""), Path.of(""), Path.of(""));
    private KeptMouths kept = FirstLooks.kept(folders, Clock.systemUTC());

    @BeforeEach
    void keepTwo() {
        folders = new Folders(home, home, home, home, home, home, home.resolve("work"));
        kept = kept(DataSize.ofMegabytes(1));
        kept.keep("a", new MouthBank());
        kept.keep("b", new MouthBank());
    }

    @Test
    void findsWhatItKeeps() {
        assertThat(kept.find("a")).isPresent();
        assertThat(kept.find("c")).isEmpty();
    }

    @Test
    void gathersAnewWhatCannotBeRead() throws IOException {
        Files.writeString(file("a"), "no mouths");

        assertThat(kept.find("a")).isEmpty();
        kept.keep("a", new MouthBank());
        assertThat(kept.find("a")).isPresent();
    }

    @Test
    void gathersAnewWhatIsNotAsItWasWritten() throws IOException {
        byte[] bytes = Files.readAllBytes(file("a"));
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 0x40;
            Files.write(file("a"), damaged);

            assertThat(kept.find("a")).as("byte %d", i).isEmpty();
        }
    }

    @Test
    void deletesHalfMadeFilesOfAnotherDay() throws IOException {
        Path old = Files.createFile(folders.mouths().resolve(".part-1"));
        Path ofNow = Files.createFile(folders.mouths().resolve(".part-2"));
        Files.createDirectory(folders.mouths().resolve("folder"));
        Files.setLastModifiedTime(old, FileTime.from(NOW.minus(Duration.ofDays(2))));
        Files.setLastModifiedTime(ofNow, FileTime.from(NOW));

        kept.clean();

        assertThat(old).doesNotExist();
        assertThat(ofNow).exists();
    }

    @Test
    void deletesWhatWasNotUsedForLong() throws IOException {
        used("a", 31);
        used("b", 29);

        kept.clean();

        assertThat(names()).containsExactly("b.mouths");
    }

    @Test
    void countsTheDaysFromTheLastUse() throws IOException {
        used("a", 31);
        kept.find("a");

        kept.clean();

        assertThat(names()).contains("a.mouths");
    }

    @Test
    void deletesTheLongestUnusedWhereTheyTakeTooMuchRoom() throws IOException {
        used("a", 2);
        used("b", 1);

        kept(DataSize.ofBytes(Files.size(file("b")))).clean();

        assertThat(names()).containsExactly("b.mouths");
    }

    @Test
    void goesOnWithoutWhereNothingCanBeKept() throws IOException {
        Path work = Files.writeString(home.resolve("file"), "");
        folders = new Folders(home, home, home, home, home, home, work);
        KeptMouths nowhere = kept(DataSize.ofMegabytes(1));

        nowhere.keep("a", new MouthBank());
        nowhere.clean();

        assertThat(nowhere.find("a")).isEmpty();
    }

    private KeptMouths kept(DataSize size) {
        return new KeptMouths(folders, new MouthsSettings(Duration.ofDays(30), size), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Path file(String name) {
        return folders.mouths().resolve(name + ".mouths");
    }

    private void used(String name, int daysAgo) throws IOException {
        Files.setLastModifiedTime(file(name), FileTime.from(NOW.minus(Duration.ofDays(daysAgo))));
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folders.mouths())) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
