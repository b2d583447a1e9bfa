package io.lipdrop.home;

import io.lipdrop.files.SharedFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The folders in which people look for what became of their drops; each may be on a share that goes away. */
@Component
public class ResultFolders {
    /** The batch, live, in its folder in the outbox. */
    public static final String STATUS = "status.json";

    private static final Logger log = LoggerFactory.getLogger(ResultFolders.class);

    private final Folders folders;
    private final SharedFolder outbox;
    private final SharedFolder error;
    private final Set<String> written = new ConcurrentSkipListSet<>();
    private final AtomicInteger moves = new AtomicInteger();

    public ResultFolders(Folders folders) {
        this.folders = folders;
        this.outbox = new SharedFolder(folders.outbox(), folders.record("outbox"));
        this.error = new SharedFolder(folders.error(), folders.record("error"));
    }

    /**
     * Where a batch's videos and its status go; to be asked before each write.
     *
     * @throws IOException while the outbox is away
     */
    public Path outbox(String batch) throws IOException {
        return use(outbox, folders.outbox(), batch);
    }

    /**
     * Where a batch's failures go; to be asked before each write.
     *
     * @throws IOException while the error folder is away
     */
    public Path error(String batch) throws IOException {
        return use(error, folders.error(), batch);
    }

    /**
     * Makes sure of both.
     *
     * @throws IOException that says, for the user, which one is away
     */
    public void require() throws IOException {
        outbox.require();
        error.require();
    }

    /** Goes up when one of them is another folder than before, in which nothing is yet. */
    public int moves() {
        return moves.get();
    }

    private synchronized Path use(SharedFolder folder, Path path, String batch) throws IOException {
        if (folder.use()) {
            moves.incrementAndGet();
            log.warn(
                    "{} was mounted after Lipdrop started and is used from now on. Results written before the mount are hidden under "
                            + "it, for the batches {}: unmount the share to reach them, or drop these batches again",
                    path,
                    String.join(", ", written));
            written.clear();
        }
        if (folder.isNew()) {
            written.add(batch);
        }
        return path.resolve(batch);
    }
}
