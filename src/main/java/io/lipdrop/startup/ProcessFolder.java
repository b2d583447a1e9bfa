package io.lipdrop.startup;

import io.lipdrop.files.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder that belongs to one process: its name tells which one, and a lock next to it is held for as long as the process runs.
 *
 * @param path the folder
 * @param lock null in a second application of the same process, which shares the folder
 */
record ProcessFolder(Path path, @Nullable FileLock lock) {
    private static final String LOCK = ".lock";

    /** Host, process number, the second in which it started. */
    private static final Pattern OURS = Pattern.compile("(.+)-(\\d+)-(\\d+)");

    /**
     * Makes the folder of this process.
     *
     * @throws IOException if it cannot be made or locked
     */
    static ProcessFolder in(Path parent) throws IOException {
        Path path = parent.resolve(name());
        FileLock lock = lock(lockOf(path));
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            if (lock != null) {
                lock.acquiredBy().close();
            }
            throw e;
        }
        return new ProcessFolder(path, lock);
    }

    /** Deletes the folders of processes of this machine that have ended. */
    static void deleteThoseOfDeadProcesses(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent)) {
            for (Path other : folders) {
                Matcher name = OURS.matcher(String.valueOf(other.getFileName()));
                if (name.matches() && name.group(1).equals(host()) && isDead(other, name)) {
                    deleteIfPossible(other);
                }
            }
        }
    }

    /** One that stays, of another user perhaps, is no reason to do without a folder of one's own. */
    private static void deleteIfPossible(Path other) {
        try {
            DurableFiles.deleteTree(other);
            Files.deleteIfExists(lockOf(other));
        } catch (IOException e) {
            // the next start tries again
        }
    }

    private static boolean isDead(Path other, Matcher name) {
        boolean isAlive = ProcessHandle.of(Long.parseLong(name.group(2)))
                .flatMap(process -> process.info().startInstant())
                .filter(start -> Long.toString(start.getEpochSecond()).equals(name.group(3)))
                .isPresent();
        if (isAlive) {
            return false;
        }
        Path file = lockOf(other);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free != null; // one in another container has a number of its own
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    private static @Nullable FileLock lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            return channel.lock();
        } catch (OverlappingFileLockException e) {
            channel.close(); // a second application in this process shares its folder
            return null;
        }
    }

    /** Deletes the folder, unless another application of this process uses it. */
    void release() {
        if (lock == null) {
            return;
        }
        try {
            DurableFiles.deleteTree(path);
            Files.deleteIfExists(lockOf(path));
            lock.acquiredBy().close();
        } catch (IOException e) {
            // the next start deletes what is left
        }
    }

    private static Path lockOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + LOCK);
    }

    private static String name() {
        ProcessHandle self = ProcessHandle.current();
        Instant start = self.info().startInstant().orElse(Instant.EPOCH);
        return "%s-%d-%d".formatted(host(), self.pid(), start.getEpochSecond());
    }

    private static String host() {
        for (Path file : List.of(Path.of("/proc/sys/kernel/hostname"), Path.of("/etc/hostname"))) {
            try {
                return Files.readString(file).strip().replaceAll("[^A-Za-z0-9.]", "_");
            } catch (IOException e) {
                // Another system: its variables say it.
            }
        }
        Map<String, String> variables = System.getenv();
        String name = variables.getOrDefault("COMPUTERNAME", variables.getOrDefault("HOSTNAME", "local"));
        return name.replaceAll("[^A-Za-z0-9.]", "_");
    }
}
