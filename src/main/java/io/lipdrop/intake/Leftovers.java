package io.lipdrop.intake;

import io.lipdrop.files.GuardedFolder;
import io.lipdrop.home.Litter;
import io.lipdrop.home.Names;
import io.lipdrop.intake.manifest.OtherDocuments;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes a dropped folder after its drop was taken, if only Lipdrop's own documents and system files are left in it.
 */
final class Leftovers {
    private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

    private final GuardedFolder inbox;
    private final Path root;
    private final OtherDocuments documents;

    Leftovers(GuardedFolder inbox, Path root) {
        this.inbox = inbox;
        this.root = root;
        this.documents = new OtherDocuments(inbox);
    }

    /** The manifest's folder and the folders between it and its files. */
    void remove(Path manifest, Collection<Path> files) {
        Path top = manifest.toAbsolutePath().normalize().resolveSibling("");
        for (Path file : files) {
            Path folder = file.resolveSibling("");
            while (folder.startsWith(top) && !folder.equals(top) && isRemoved(folder)) {
                folder = folder.resolveSibling("");
            }
        }
        if (!top.equals(root)) {
            isRemoved(top);
        }
    }

    /** Only files have companions that begin with {@code ._}; a folder with such a name belongs to a user. */
    private boolean isLitter(Path place) throws IOException {
        String name = Names.fileName(place);
        boolean isFile = inbox.attributes(place)
                .filter(BasicFileAttributes::isRegularFile)
                .isPresent();
        return Litter.isRemovable(name) && (isFile || !name.startsWith("._"));
    }

    private boolean isRemoved(Path folder) {
        try {
            List<String> rest = inbox.list(folder);
            for (String name : rest) {
                if (!isLitter(folder.resolve(name)) && !documents.isOurs(folder.resolve(name))) {
                    return false;
                }
            }
            for (String name : rest) {
                inbox.deleteTree(folder.resolve(name));
            }
            inbox.deleteFolder(folder);
            return true;
        } catch (IOException e) {
            log.debug("{} stays", folder, e);
            return false;
        }
    }
}
