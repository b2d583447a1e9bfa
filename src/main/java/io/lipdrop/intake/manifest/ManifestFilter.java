package io.lipdrop.intake.manifest;

import io.lipdrop.files.GuardedFolder;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Litter;
import io.lipdrop.home.Names;
import io.lipdrop.home.ResultFolders;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.springframework.stereotype.Component;

/**
 * Selects the manifests in the inbox. Documents in a dropped folder of results or failures are not manifests. Folders that
 * are links are not entered, and pipes are not read.
 */
@Component("manifests")
public class ManifestFilter implements GenericFileFilter<File> {
    private final OtherDocuments documents;
    private final UnreadableNames unreadable;
    private final CancelFiles cancels;

    ManifestFilter(Folders folders, UnreadableNames unreadable, CancelFiles cancels) {
        this.cancels = cancels;
        this.unreadable = unreadable;
        this.documents = new OtherDocuments(new GuardedFolder(folders.inbox()));
    }

    @Override
    public boolean accept(GenericFile<File> file) {
        String name = file.getFileNameOnly();
        Path path;
        try {
            path = file.getFile().toPath().toAbsolutePath().normalize(); // Camel treats \\ in a name as /
        } catch (InvalidPathException e) {
            unreadable.note(file.getRelativeFilePath());
            return false;
        }
        if (file.isDirectory()) {
            return !Litter.isLitter(name) && !Files.isSymbolicLink(path);
        }
        if (CancelFiles.isNamed(name)) {
            cancels.note(path);
            return false;
        }
        return isDocument(name)
                && !Litter.isLitter(name)
                && (Files.isSymbolicLink(path) || (Files.isRegularFile(path) && !isOther(path)));
    }

    /** A file that cannot be read now is accepted; the check of the drop reports why. */
    private boolean isOther(Path path) {
        try {
            return documents.isOther(path);
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether it has the name of a manifest. */
    static boolean isManifest(String fileName) {
        return isDocument(fileName) && !Litter.isLitter(fileName) && !isReport(fileName);
    }

    static boolean isReport(String fileName) {
        return fileName.endsWith(Names.REPORT) || fileName.equals(ResultFolders.STATUS);
    }

    /** Whether a file is neither a manifest nor a system file. */
    public static boolean isMedia(String fileName) {
        return !isDocument(fileName) && !Litter.isLitter(fileName);
    }

    private static boolean isDocument(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml");
    }
}
