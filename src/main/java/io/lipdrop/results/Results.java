package io.lipdrop.results;

import io.lipdrop.files.GuardedFolder;
import io.lipdrop.files.OpenFile;
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
    static final String OUTBOX = "outbox";
    static final String ERROR = "error";
    private static final Comparator<ResultFile> ORDER =
            Comparator.comparing(ResultFile::folder).reversed().thenComparing(ResultFile::file);

    private final GuardedFolder outbox;
    private final GuardedFolder error;
    private final Folders folders;

    public Results(Folders folders) {
        this.folders = folders;
        this.outbox = new GuardedFolder(folders.outbox());
        this.error = new GuardedFolder(folders.error());
    }

    /** All files of a batch, results first; none if there is no such batch. */
    public List<ResultFile> of(String batch) throws IOException {
        List<ResultFile> files = new ArrayList<>();
        if (isName(batch)) {
            list(batch, OUTBOX, outbox, folders.outbox().resolve(batch), files);
            list(batch, ERROR, error, folders.error().resolve(batch), files);
        }
        files.sort(ORDER);
        return files;
    }

    /** The finished videos of a batch with their sidecars. */
    public List<ResultFile> finished(String batch) throws IOException {
        return of(batch).stream()
                .filter(file -> file.folder().equals(OUTBOX) && !file.file().equals(ResultFolders.STATUS))
                .toList();
    }

    /** Opens a file of a batch; one in the outbox before one in error. */
    public Optional<OpenResult> open(String batch, String file) throws IOException {
        if (!isName(batch) || !isName(file)) {
            return Optional.empty();
        }
        Optional<OpenResult> open = open(batch, file, OUTBOX, outbox, folders.outbox());
        return open.isPresent() ? open : open(batch, file, ERROR, error, folders.error());
    }

    /** Opens this file, if it still is as it was. */
    Optional<OpenResult> open(ResultFile file) throws IOException {
        boolean isResult = file.folder().equals(OUTBOX);
        Optional<OpenResult> open = open(
                file.batch(),
                file.file(),
                file.folder(),
                isResult ? outbox : error,
                isResult ? folders.outbox() : folders.error());
        if (open.isPresent() && !open.get().file().equals(file)) {
            open.get().close();
            return Optional.empty();
        }
        return open;
    }

    /** Whether this file still is as it was. */
    boolean isUnchanged(ResultFile file) throws IOException {
        return (file.folder().equals(OUTBOX) ? outbox : error)
                .attributes(file.path())
                .filter(now -> tag(now).equals(file.tag()))
                .isPresent();
    }

    private static Optional<OpenResult> open(String batch, String file, String place, GuardedFolder folder, Path root)
            throws IOException {
        Path path = root.resolve(batch).resolve(file);
        return folder.open(path).map(open -> result(batch, place, path, open));
    }

    static OpenResult result(String batch, String place, Path path, OpenFile open) {
        return new OpenResult(described(batch, place, path, open.attributes()), open);
    }

    private static void list(String batch, String place, GuardedFolder folder, Path path, List<ResultFile> files)
            throws IOException {
        for (String name : folder.list(path)) {
            Path file = path.resolve(name);
            if (isName(name)) {
                folder.attributes(file)
                        .filter(BasicFileAttributes::isRegularFile)
                        .ifPresent(found -> files.add(described(batch, place, file, found)));
            }
        }
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
