package io.lipdrop.results;

import io.lipdrop.files.OpenFile;
import io.lipdrop.home.BoundedFolder;
import io.lipdrop.home.FolderAccess;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Litter;
import io.lipdrop.home.Names;
import io.lipdrop.home.ResultFolders;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The files of a batch in its folders in the outbox and in error, as they lie there now. Only plain files directly in these
 * folders: nothing hidden or half-written, nothing behind a link.
 */
@Component
public class Results {
    private final Place outbox;
    private final Place error;

    public Results(Folders folders, FolderAccess access) {
        this.outbox = new Place("outbox", folders.outbox(), access.folder(folders.outbox()));
        this.error = new Place("error", folders.error(), access.folder(folders.error()));
    }

    /** Where files of batches lie: the outbox or the error folder. */
    private record Place(String name, Path root, BoundedFolder folder) {
        List<ResultFile> filesOf(String batch) throws IOException {
            if (!isName(batch)) {
                return List.of();
            }
            Path path = root.resolve(batch);
            List<ResultFile> files = new ArrayList<>();
            folder.files(path).forEach((name, found) -> {
                if (isName(name)) {
                    files.add(described(batch, this.name, path.resolve(name), found));
                }
            });
            files.sort(Comparator.comparing(ResultFile::file));
            return files;
        }

        Optional<OpenResult> open(String batch, String file) throws IOException {
            Path path = root.resolve(batch).resolve(file);
            return folder.open(path).map(open -> result(batch, name, path, open));
        }
    }

    /** All files of a batch, results first; none if there is no such batch. */
    public List<ResultFile> of(String batch) throws IOException {
        List<ResultFile> files = new ArrayList<>(outbox.filesOf(batch));
        files.addAll(error.filesOf(batch));
        return files;
    }

    /** The finished videos of a batch with their sidecars. */
    public List<ResultFile> finished(String batch) throws IOException {
        return outbox.filesOf(batch).stream()
                .filter(file -> !file.file().equals(ResultFolders.STATUS))
                .toList();
    }

    /** Opens a file of a batch; one in the outbox before one in error. */
    public Optional<OpenResult> open(String batch, String file) throws IOException {
        if (!isName(batch) || !isName(file)) {
            return Optional.empty();
        }
        Optional<OpenResult> open = outbox.open(batch, file);
        return open.isPresent() ? open : error.open(batch, file);
    }

    /** Opens this file, if it still is as it was. */
    Optional<OpenResult> open(ResultFile file) throws IOException {
        Optional<OpenResult> open = placeOf(file).open(file.batch(), file.file());
        if (open.isPresent() && !open.get().file().equals(file)) {
            open.get().close();
            return Optional.empty();
        }
        return open;
    }

    /** Whether this file still is as it was. */
    boolean isUnchanged(ResultFile file) throws IOException {
        return placeOf(file)
                .folder
                .attributes(file.path())
                .filter(now -> tag(now).equals(file.tag()))
                .isPresent();
    }

    private Place placeOf(ResultFile file) {
        return file.folder().equals(outbox.name) ? outbox : error;
    }

    static OpenResult result(String batch, String place, Path path, OpenFile open) {
        return new OpenResult(described(batch, place, path, open.attributes()), open);
    }

    private static ResultFile described(String batch, String place, Path path, BasicFileAttributes found) {
        Instant modified = found.lastModifiedTime().toInstant();
        return new ResultFile(batch, Names.fileName(path), place, found.size(), modified, tag(found), path);
    }

    /** Size, time of the last change and file number. */
    private static String tag(BasicFileAttributes file) {
        Instant modified = file.lastModifiedTime().toInstant();
        return HexFormat.of().toHexDigits(file.size())
                + "-"
                + HexFormat.of().toHexDigits(modified.getEpochSecond() * 1_000_000_000L + modified.getNano())
                + "-"
                + HexFormat.of().toHexDigits(Objects.hashCode(file.fileKey()));
    }

    /** Whether a text is the name of a visible file in a folder, and no path. */
    static boolean isName(String name) {
        try {
            Path path = Path.of(name);
            return !name.isEmpty()
                    && path.getNameCount() == 1
                    && !path.isAbsolute()
                    && name.equals(Names.fileName(path))
                    && !name.equals("..")
                    && !Litter.isLitter(name);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
