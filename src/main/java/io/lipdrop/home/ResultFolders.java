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

/** Outbox and error folder; each may be on a network share that is unmounted. */
@Component
public class ResultFolders {
    /** The live status of a batch, in its folder in the outbox. */
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
     * The folder for a batch's videos and status; call before each write.
     *
     * @throws IOException if the outbox is not available
     */
    public Path outbox(String batch) throws IOException {
        return use(outbox, folders.outbox(), batch);
    }

    /**
     * The folder for a batch's failures; call before each write.
     *
     * @throws IOException if the error folder is not available
     */
    public Path error(String batch) throws IOException {
        return use(error, folders.error(), batch);
    }

    /**
     * Checks both.
     *
     * @throws IOException with a message for the user if one is not available
     */
    public void require() throws IOException {
        outbox.require();
        error.require();
    }

    /** Increases when one of them has become a different folder, without our files. */
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
