package io.lipdrop.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lipdrop.files.GuardedFolder;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.stage.Recoverable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Deletes the folders of a batch in outbox and error. First it is written down what is to be deleted, then both folders get hidden
 * names, then they are deleted. A process that ends in between goes on at the next start, so that no half of a batch comes back.
 */
@Component
@Order(1)
class Deletions implements Recoverable {
    private static final Logger log = LoggerFactory.getLogger(Deletions.class);

    private static final String END = ".json";
    private static final String HIDDEN = ".lipdrop-deleted-";

    private final Folders folders;
    private final ResultFolders results;
    private final Path intents;

    Deletions(Folders folders, ResultFolders results) {
        this.folders = folders;
        this.results = results;
        this.intents = folders.work().resolve("history").resolve("deleting");
    }

    /**
     * What is to be deleted, of which kind a later batch with the same name is not.
     *
     * @param outbox when the folder in the outbox was last changed, in milliseconds since 1970; null where there is none
     * @param error the same of that in error
     */
    private record Intent(
            String batch, @Nullable Long outbox, @Nullable Long error) {}

    /**
     * Deletes them. When this returns nothing of them is seen any more, whatever happens.
     *
     * @throws IOException where that is not possible now: both are still there
     */
    void delete(String batch) throws IOException {
        String id = UUID.randomUUID().toString();
        hide(batch, id);
        deleteHidden(folders.error(), HIDDEN + id);
        deleteHidden(folders.outbox(), HIDDEN + id);
    }

    /** The reports first: the folder in the outbox keeps the name of the batch from being given again. */
    private synchronized void hide(String batch, String id) throws IOException {
        Path note = intents.resolve(id + END);
        Path results = folders.outbox().resolve(batch);
        Path reports = folders.error().resolve(batch);
        Intent intent = new Intent(batch, changed(results), changed(reports));
        Documents.write(note, intent);
        try {
            if (intent.error != null) {
                hide(reports, id);
            }
            if (intent.outbox != null) {
                hide(results, id);
            }
        } catch (IOException e) {
            if (isPutBack(reports, id)) {
                Files.deleteIfExists(note); // otherwise the deletion goes on later
            }
            throw e;
        }
        Files.deleteIfExists(note);
    }

    /** Before the first drop could get the name of a batch that was to be deleted. */
    @Override
    public void recover() {
        try {
            results.require();
            finish();
        } catch (IOException e) {
            log.debug("What was to be deleted is deleted later", e);
        }
    }

    /** Goes on with what a process that ended has begun; outbox and error must be there. */
    synchronized void finish() throws IOException {
        if (!Files.isDirectory(intents)) {
            return;
        }
        try (Stream<Path> notes = Files.list(intents)) {
            for (Path note :
                    notes.filter(file -> Names.fileName(file).endsWith(END)).toList()) {
                finish(note);
            }
        }
    }

    private void finish(Path note) throws IOException {
        try {
            Intent intent = Documents.read(note, Intent.class);
            String id = Names.fileName(note).replace(END, "");
            hideIfSame(folders.error().resolve(intent.batch), intent.error, id);
            hideIfSame(folders.outbox().resolve(intent.batch), intent.outbox, id);
        } catch (JsonProcessingException e) {
            log.debug("{} is none of ours", note, e);
        }
        Files.deleteIfExists(note);
    }

    private static void hideIfSame(Path folder, @Nullable Long changed, String id) throws IOException {
        if (changed != null && changed.equals(changed(folder))) {
            hide(folder, id);
        }
    }

    private static void hide(Path folder, String id) throws IOException {
        Files.move(folder, folder.resolveSibling(HIDDEN + id), StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isPutBack(Path reports, String id) {
        try {
            Files.move(reports.resolveSibling(HIDDEN + id), reports, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            return true; // it was not moved
        } catch (IOException e) {
            log.warn("{}: its reports cannot be put back: {}", reports, e.toString());
            return false;
        }
    }

    /** What a process that ended has left, or what could not be deleted. */
    void clear(List<String> outbox, List<String> error) {
        clear(folders.outbox(), outbox);
        clear(folders.error(), error);
    }

    private static void clear(Path root, List<String> names) {
        names.stream().filter(name -> name.startsWith(HIDDEN)).forEach(name -> deleteHidden(root, name));
    }

    private static void deleteHidden(Path root, String name) {
        try {
            new GuardedFolder(root).deleteTree(root.resolve(name));
        } catch (NoSuchFileException e) {
            return; // there was none
        } catch (IOException e) {
            log.debug("{} in {} cannot be deleted now", name, root, e);
        }
    }

    /** When a folder was last changed; null where it is none. */
    private static @Nullable Long changed(Path folder) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isDirectory() ? found.lastModifiedTime().toMillis() : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
