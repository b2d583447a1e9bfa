package io.lipdrop.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lipdrop.home.FolderAccess;
import io.lipdrop.home.Folders;
import io.lipdrop.results.ResultArchives.Part;
import io.lipdrop.results.zip.Member;
import io.lipdrop.results.zip.MemberChanged;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class ResultArchivesTest {
    @TempDir
    Path home;

    @Test
    void noPartIsLongerThanAllowedAndNoneIsShorterThanNeeded() {
        List<Member> members = IntStream.range(0, 50)
                .mapToObj(i -> member(i, i == 20 ? 5000 : 100))
                .toList();
        List<Part> parts = archives(10, 2000).divided(members);

        assertThat(parts.stream().mapToInt(Part::files).sum()).isEqualTo(50);
        int first = 0;
        for (Part part : parts) {
            int end = first + part.files();
            boolean isOneLargeFile = part.files() == 1;
            assertThat(part.bytes() <= 2000 || isOneLargeFile).isTrue();
            assertThat(part.files()).isLessThanOrEqualTo(10);
            if (end < members.size()) {
                List<Member> more = members.subList(first, end + 1);
                long bytes = archives(50, 1 << 20).divided(more).get(0).bytes();
                assertThat(bytes > 2000 || more.size() > 10).isTrue();
            }
            first = end;
        }
        assertThat(archives(10, 1 << 20).divided(members)).hasSize(5);
        assertThat(archives(10, 1 << 20).divided(List.of())).isEmpty();
    }

    /** {@code lipdrop.zip.files} may be as large as its owner likes. */
    @Test
    @Timeout(30)
    void manyFilesAreDividedInTimeThatGrowsAsTheyDo() {
        List<Member> members =
                IntStream.range(0, 100_000).mapToObj(i -> member(i, 10)).toList();
        assertThat(archives(100_000, 1L << 40).divided(members))
                .singleElement()
                .satisfies(part -> assertThat(part.files()).isEqualTo(100_000));
    }

    @Test
    void noNameInAnArchiveLeadsOutOfIt() throws IOException {
        assumeTrue(File.separatorChar == '/', "elsewhere there are no such names");
        Path batch = Files.createDirectories(home.resolve("outbox/lesson"));
        Files.writeString(batch.resolve("x\\..\\..\\evil.mp4"), "film");
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        archives(10, 2000).of(List.of("lesson")).get(0).archive().writeTo(zip);

        assertThat(zip.toString(StandardCharsets.UTF_8))
                .contains("x_.._.._evil.mp4")
                .doesNotContain("\\");
    }

    private ResultArchives archives(int files, long bytes) {
        Folders folders = new Folders(
                home, home, home.resolve("outbox"), home.resolve("error"), home, home, home.resolve("work"));
        return new ResultArchives(
                new Results(folders, new FolderAccess()), new ZipSettings(files, DataSize.ofBytes(bytes)));
    }

    private static Member member(int number, long bytes) {
        Instant modified = Instant.EPOCH.plus(Duration.ofDays(20_000));
        return new Member("film-" + number + ".mp4", bytes, modified, "tag" + number, new Member.Source() {
            @Override
            public SeekableByteChannel open() throws IOException {
                throw new MemberChanged("film");
            }

            @Override
            public boolean isUnchanged() {
                return true;
            }
        });
    }
}
