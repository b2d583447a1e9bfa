package io.lipdrop.home;

import io.lipdrop.files.GuardedFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Lets a few requests at a time into a folder that may be on a network share. A share that hangs keeps each thread that asks it, until
 * it answers again: so it gets a few threads of the web server, and all other requests are refused.
 */
@Component
public class FolderAccess {
    static final int MAX_THREADS = 16;

    /** Where nobody has come or gone for so long while it is full, the folder does not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final long patience;
    private final Map<Path, Entrance> entrances = new ConcurrentHashMap<>();

    @Autowired
    public FolderAccess() {
        this(PATIENCE);
    }

    FolderAccess(Duration patience) {
        this.patience = patience.toNanos();
    }

    /** Something that is done in a folder. */
    @FunctionalInterface
    public interface Step<T> {
        T take() throws IOException;
    }

    /**
     * Does something in a folder; a step within a step needs no further room.
     *
     * @param folder one of {@link Folders}
     * @throws IOException for users, if the folder does not answer; or what the step throws
     */
    public <T> T within(Path folder, Step<T> step) throws IOException {
        Entrance entrance = entrances.computeIfAbsent(folder, Entrance::new);
        if (entrance.isInside.get() != null) {
            return step.take();
        }
        entrance.enter();
        try {
            return step.take();
        } finally {
            entrance.leave();
        }
    }

    /** The files of a folder, reached in this way. */
    public BoundedFolder folder(Path root) {
        return new BoundedFolder(root, new GuardedFolder(root), this);
    }

    private final class Entrance {
        private final Path folder;
        private final Semaphore room = new Semaphore(MAX_THREADS, true);
        private final ThreadLocal<Boolean> isInside = new ThreadLocal<>();
        private volatile long movedAt = System.nanoTime();

        Entrance(Path folder) {
            this.folder = folder;
        }

        void enter() throws IOException {
            try {
                boolean isRoom = room.tryAcquire()
                        || (System.nanoTime() - movedAt < patience && room.tryAcquire(patience, TimeUnit.NANOSECONDS));
                if (!isRoom) {
                    throw new IOException(folder + " does not answer: does a network share hang?");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Lipdrop is stopping", e);
            }
            movedAt = System.nanoTime();
            isInside.set(true);
        }

        void leave() {
            isInside.remove();
            movedAt = System.nanoTime();
            room.release();
        }
    }
}
