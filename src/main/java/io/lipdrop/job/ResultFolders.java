package io.lipdrop.job;

import io.lipdrop.files.SharedFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** The folders in which people look for what became of their drops; each may be on a share that goes away. */
@Component
public class ResultFolders {
    private final Folders folders;
    private final SharedFolder outbox;
    private final SharedFolder error;

    public ResultFolders(Folders folders) {
        this.folders = folders;
        this.outbox = new SharedFolder(folders.outbox());
        this.error = new SharedFolder(folders.error());
    }

    /**
     * Where a batch's videos and its status go.
     *
     * @throws IOException while the outbox is away
     */
    public Path outbox(String batch) throws IOException {
        outbox.require();
        return folders.outbox().resolve(batch);
    }

    /**
     * Where a batch's failures go.
     *
     * @throws IOException while the error folder is away
     */
    public Path error(String batch) throws IOException {
        error.require();
        return folders.error().resolve(batch);
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
}
