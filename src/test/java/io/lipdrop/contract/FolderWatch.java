package io.lipdrop.contract;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.function.Predicate;

/** Tells of a change in a folder at once, and misses none: the file system reports it, nobody looks again and again. */
final class FolderWatch implements AutoCloseable {
    private static final int MAX_SECONDS = 120;

    private final Path folder;
    private final WatchService changes;
    private List<String> names;

    private FolderWatch(Path folder, WatchEvent.Kind<Path> kind, List<String> names) throws IOException {
        this.folder = folder;
        this.names = names;
        this.changes = folder.getFileSystem().newWatchService();
        folder.register(changes, kind);
    }

    /** Of files that come into the folder, or are in it. */
    static FolderWatch forArrivals(Path folder) throws IOException {
        FolderWatch watch = new FolderWatch(folder, ENTRY_CREATE, List.of());
        watch.names = RunningLipdrop.namesIn(folder);
        return watch;
    }

    /** Of files that go from now on. */
    static FolderWatch forDepartures(Path folder) throws IOException {
        return new FolderWatch(folder, ENTRY_DELETE, List.of());
    }

    /** Waits for a file with such a name. */
    void await(Predicate<String> name) {
        long end = System.nanoTime() + SECONDS.toNanos(MAX_SECONDS);
        while (names.stream().noneMatch(name)) {
            names = next(end);
        }
    }

    private List<String> next(long end) {
        try {
            WatchKey key = changes.poll(end - System.nanoTime(), NANOSECONDS);
            if (key == null) {
                throw new AssertionError("It did not happen in " + folder);
            }
            List<WatchEvent<?>> events = key.pollEvents();
            key.reset();
            if (events.stream().anyMatch(event -> event.kind() == StandardWatchEventKinds.OVERFLOW)) {
                return RunningLipdrop.namesIn(folder); // more happened than was kept
            }
            return events.stream().map(event -> String.valueOf(event.context())).toList();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        changes.close();
    }
}
