package io.lipdrop.results.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An archive is as long as was said before, and every reader opens it, however large it is. */
class ZipArchiveTest {
    private static final Instant MODIFIED = Instant.parse("2026-03-04T05:06:08Z");
    private static final long FOUR_GIB = 1L << 32;

    @TempDir
    Path folder;

    @Test
    void filesComeOutAsTheyWentIn() throws IOException {
        Path zip = written(List.of(member("a.mp4", "film"), member("王老师/é.json", "{}"), member("empty", "")));

        try (ZipFile file = new ZipFile(zip.toFile())) {
            assertThat(file.stream().map(ZipEntry::getName)).containsExactly("a.mp4", "王老师/é.json", "empty");
            assertThat(file.getInputStream(file.getEntry("王老师/é.json"))).hasContent("{}");
            assertThat(file.getEntry("a.mp4").getMethod()).isEqualTo(ZipEntry.STORED);
            assertThat(file.getEntry("a.mp4").getLastModifiedTime().toInstant()).isEqualTo(MODIFIED);
        }
        assertStreams(zip, 3);
        assertOpenedBy(zip, "unzip", "-tq", zip.toString());
        assertOpenedBy(zip, "7z", "t", zip.toString());
        assertOpenedBy(zip, "bsdtar", "-tf", zip.toString());
        assertOpenedBy(
                zip,
                "python3",
                "-c",
                "import sys,zipfile; sys.exit(zipfile.ZipFile(sys.argv[1]).testzip() is not None)",
                zip.toString());
    }

    @Test
    void anEmptyArchiveIsOneToo() throws IOException {
        try (ZipFile file = new ZipFile(written(List.of()).toFile())) {
            assertThat(file.size()).isZero();
        }
    }

    /** From 65,535 on the number of files does not fit its field. */
    @Test
    void manyFiles() throws IOException {
        int count = 65_536;
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(member("f" + i, ""));
        }
        Path zip = written(members);
        try (ZipFile file = new ZipFile(zip.toFile())) {
            assertThat(file.size()).isEqualTo(count);
        }
        assertStreams(zip, count);
        assertOpenedBy(
                zip,
                "python3",
                "-c",
                "import sys,zipfile; sys.exit(len(zipfile.ZipFile(sys.argv[1]).namelist()) != int(sys.argv[2]))",
                zip.toString(),
                String.valueOf(count));
        assertOpenedBy(zip, "unzip", "-lqq", zip.toString());
        assertOpenedBy(zip, "bsdtar", "-tf", zip.toString());
        assertOpenedBy(zip, "7z", "l", zip.toString());
    }

    /**
     * At and around 4 GiB, where numbers do not fit their fields: of the first file's size, and of where the second begins. The
     * zeros of the file take no room on the disk, and the checksum is not looked at here; it would take a minute.
     */
    @ParameterizedTest
    @ValueSource(longs = {FOUR_GIB - 2, FOUR_GIB - 1, FOUR_GIB})
    void largeFiles(long bytes) throws IOException {
        Path zip = sparse(List.of(zeros("big.mp4", bytes), member("small.json", "{}")));

        try (ZipFile file = new ZipFile(zip.toFile())) {
            assertThat(file.getEntry("big.mp4").getSize()).isEqualTo(bytes);
            assertThat(file.getInputStream(file.getEntry("small.json"))).hasContent("{}");
        }
        assertOpenedBy(zip, "unzip", "-tqq", zip.toString(), "small.json");
        assertOpenedBy(zip, "7z", "t", zip.toString(), "small.json");
        assertOpenedBy(zip, "bsdtar", "-xOf", zip.toString(), "small.json");
        assertOpenedBy(
                zip,
                "python3",
                "-c",
                "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); sys.exit(z.read('small.json') != b'{}' or z.getinfo('big.mp4').file_size != int(sys.argv[2]))",
                zip.toString(),
                String.valueOf(bytes));
    }

    /** The headers of the members, as a reader has them that does not see the end first. */
    @Test
    void aLargeFileIsReadFromItsLocalHeader() throws IOException {
        Member big = zeros("big.mp4", FOUR_GIB - 1);
        byte[] header = ZipRecords.local(big, 0);
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(header))) {
            assertThat(zip.getNextEntry().getSize()).isEqualTo(FOUR_GIB - 1);
        }
    }

    @Test
    void aFileThatChangesEndsTheArchive() throws IOException {
        Member shorter = new Member("a", 5, MODIFIED, "1", source("abcd", true));
        Member longer = new Member("a", 3, MODIFIED, "2", source("abcd", true));
        Member touched = new Member("a", 4, MODIFIED, "3", source("abcd", false));
        for (Member member : List.of(shorter, longer, touched)) {
            assertThatThrownBy(() ->
                            new ZipArchive(List.of(member), new Checksums()).writeTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(MemberChanged.class);
        }
    }

    @Test
    void anotherContentThanAtTheLastTimeEndsTheArchiveOnce() throws IOException {
        Checksums checksums = new Checksums();
        new ZipArchive(List.of(new Member("a", 4, MODIFIED, "1", source("abcd", true))), checksums)
                .writeTo(OutputStream.nullOutputStream());
        ZipArchive again = new ZipArchive(List.of(new Member("a", 4, MODIFIED, "1", source("abXd", true))), checksums);
        assertThatThrownBy(() -> again.writeTo(OutputStream.nullOutputStream())).isInstanceOf(MemberChanged.class);
        again.writeTo(OutputStream.nullOutputStream());
    }

    private Path written(List<Member> members) throws IOException {
        Path zip = folder.resolve("a.zip");
        ZipArchive archive = new ZipArchive(members, new Checksums());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(zip))) {
            archive.writeTo(out);
        }
        assertThat(Files.size(zip)).isEqualTo(archive.length());
        return zip;
    }

    /** Writes an archive whose zeros are holes. */
    private Path sparse(List<Member> members) throws IOException {
        Path zip = folder.resolve("sparse.zip");
        Checksums checksums = new Checksums();
        checksums.put(members.get(0), 0); // see above
        ZipArchive archive = new ZipArchive(members, checksums);
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "holes need a Unix file system");
        ByteArrayOutputStream tail = new ByteArrayOutputStream();
        byte[] header = ZipRecords.local(members.get(0), 0);
        long offset = header.length + members.get(0).bytes();
        Member small = members.get(1);
        long crc = crcOf("{}");
        tail.write(ZipRecords.local(small, crc));
        tail.write("{}".getBytes(StandardCharsets.UTF_8));
        long directoryAt = offset + tail.size();
        int before = tail.size();
        tail.write(ZipRecords.central(members.get(0), 0, 0));
        tail.write(ZipRecords.central(small, crc, offset));
        tail.write(ZipRecords.end(2, tail.size() - before, directoryAt));
        try (var channel = Files.newByteChannel(
                zip, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(header));
            channel.position(offset);
            channel.write(ByteBuffer.wrap(tail.toByteArray()));
        }
        assertThat(Files.size(zip)).isEqualTo(archive.length());
        return zip;
    }

    private static long crcOf(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    private static void assertStreams(Path zip, int count) throws IOException {
        int read = 0;
        try (ZipInputStream stream = new ZipInputStream(new BufferedInputStream(Files.newInputStream(zip)))) {
            while (stream.getNextEntry() != null) {
                stream.readAllBytes(); // checks the checksum
                read++;
            }
        }
        assertThat(read).isEqualTo(count);
    }

    private static void assertOpenedBy(Path zip, String... command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(zip.resolveSibling("out.txt").toFile())
                    .start();
        } catch (IOException e) {
            System.out.println(command[0] + " is not installed: it was not asked to open " + zip.getFileName());
            return;
        }
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(command[0]).isTrue();
            assertThat(process.exitValue()).as(command[0]).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Member member(String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new Member(name, bytes.length, MODIFIED, name, source(content, true));
    }

    private static Member.Source source(String content, boolean isUnchanged) {
        return new Member.Source() {
            @Override
            public SeekableByteChannel open() {
                return new Bytes(content.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public boolean isUnchanged() {
                return isUnchanged;
            }
        };
    }

    private static Member zeros(String name, long bytes) {
        return new Member(name, bytes, MODIFIED, name, source("", true));
    }

    /** A file in memory. */
    private static final class Bytes implements SeekableByteChannel {
        private final ByteBuffer content;

        Bytes(byte[] content) {
            this.content = ByteBuffer.wrap(content);
        }

        @Override
        public int read(ByteBuffer to) {
            if (!content.hasRemaining()) {
                return -1;
            }
            int count = Math.min(to.remaining(), content.remaining());
            to.put(content.slice(content.position(), count));
            content.position(content.position() + count);
            return count;
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            return content.position();
        }

        @Override
        public SeekableByteChannel position(long position) {
            content.position((int) position);
            return this;
        }

        @Override
        public long size() {
            return content.limit();
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
