package io.lipdrop.sync.engine;

import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Folders;
import io.lipdrop.sync.warp.own.MouthBank;
import io.lipdrop.sync.warp.own.MouthFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The mouths of people in videos that were rendered before, a file for each content of a video: who dubs the same presenter again need not
 * look for them again. This only saves time: what is missing or cannot be read is gathered again.
 */
@Component
class KeptMouths {
    private static final Logger log = LoggerFactory.getLogger(KeptMouths.class);
    private static final String END = ".mouths";
    private static final String HALF_MADE = ".part-";

    private final Folders folders;
    private final MouthsSettings settings;
    private final Clock clock;

    KeptMouths(Folders folders, MouthsSettings settings, Clock clock) {
        this.folders = folders;
        this.settings = settings;
        this.clock = clock;
    }

    Optional<MouthBank> find(String name) {
        Path file = file(name);
        try (CheckedInputStream checked =
                        new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), new CRC32());
                DataInputStream in = new DataInputStream(checked)) {
            MouthBank bank = MouthFile.read(in);
            long sum = checked.getChecksum().getValue();
            if (in.readLong() != sum) {
                throw new IOException("The checksum does not match");
            }
            touch(file);
            return Optional.of(bank);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            log.warn("{} cannot be read: {}. The mouths are collected again.", file, e.getMessage());
            return Optional.empty();
        }
    }

    /** Notes that it was used. */
    private void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        } catch (IOException e) {
            log.debug("{}: its date cannot be set: {}", file, e.getMessage());
        }
    }

    /** Under a half-made name of its own: two workers may have the same video at once. */
    void keep(String name, MouthBank bank) {
        if (settings.keep().isZero() || settings.size().toBytes() < bank.bytes()) {
            return;
        }
        Path file = file(name);
        Path part = null;
        try {
            Files.createDirectories(folders.mouths());
            part = Files.createTempFile(folders.mouths(), HALF_MADE, "");
            write(bank, part);
            DurableFiles.move(part, file);
        } catch (IOException e) {
            log.warn("{} cannot be saved: {}. The next job with this video takes longer.", file, e.getMessage());
            delete(part);
        }
    }

    /** What is read again is checked against its sum: after a power cut a file may have its length and not its bytes. */
    private static void write(MouthBank bank, Path to) throws IOException {
        try (FileOutputStream file = new FileOutputStream(to.toFile());
                CheckedOutputStream checked = new CheckedOutputStream(new BufferedOutputStream(file), new CRC32());
                DataOutputStream out = new DataOutputStream(checked)) {
            MouthFile.write(bank, out);
            out.writeLong(checked.getChecksum().getValue());
            out.flush();
            file.getFD().sync();
        }
    }

    private static void delete(@Nullable Path part) {
        try {
            if (part != null) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            log.warn("{} cannot be deleted: {}", part, e.getMessage());
        }
    }

    /** Deletes what was not used for long, and the longest unused where they take too much room. */
    public void clean() throws IOException {
        if (!Files.isDirectory(folders.mouths())) {
            return;
        }
        List<Kept> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folders.mouths())) {
            for (Path file : all.toList()) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                if (attributes.isRegularFile()) {
                    files.add(new Kept(file, attributes.lastModifiedTime().toInstant(), attributes.size()));
                }
            }
        }
        files.sort(Comparator.comparing(Kept::used).reversed());
        Instant oldest = clock.instant().minus(settings.keep());
        Instant oldestPart = clock.instant().minus(Duration.ofDays(1));
        long bytes = 0;
        for (Kept file : files) {
            boolean isPart = file.path.getFileName().toString().startsWith(HALF_MADE);
            bytes += file.bytes;
            if (file.used.isBefore(isPart ? oldestPart : oldest)
                    || bytes > settings.size().toBytes()) {
                delete(file.path);
                bytes -= file.bytes;
            }
        }
    }

    private record Kept(Path path, Instant used, long bytes) {}

    private Path file(String name) {
        return folders.mouths().resolve(name + END);
    }
}
