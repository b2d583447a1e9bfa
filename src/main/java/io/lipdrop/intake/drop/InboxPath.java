package io.lipdrop.intake.drop;

import io.lipdrop.files.NameEncoding;
import io.lipdrop.files.Stamp;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.intake.manifest.ManifestProblem;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The place of a file named in a manifest: next to the manifest, or in the library. Anything else is rejected: many people
 * can write to the inbox, and a manifest must not give access to other files of this machine.
 *
 * @param name the name in the manifest
 * @param file its path, which may not exist yet
 * @param inLibrary whether it is in the library, so that it is not moved
 * @param stamp its current stamp
 */
public record InboxPath(String name, Path file, boolean inLibrary, Stamp stamp) {
    /** Limit of nearly all file systems for one name, in bytes. */
    private static final int NAME_BYTES = 255;

    /** Linux allows 4096 bytes for a whole path. */
    private static final int PATH_BYTES = 4000;

    /**
     * Resolves a name to the file with this name, otherwise to the only file with the name in another Unicode form.
     *
     * @throws Failure {@code path-not-allowed}
     */
    public static InboxPath of(String name, Path manifest, Folders folders, FolderNames names) throws IOException {
        if (!NameEncoding.canHold(name)) {
            throw new IOException(name + " cannot be found: " + NameEncoding.advice());
        }
        if (name.matches("[A-Za-z][A-Za-z0-9+.-]+://.*")) {
            throw refused(name, "is a URL, not a file");
        }
        String plain = name.replace('\\', '/');
        boolean library = plain.startsWith(Manifest.LIBRARY);
        Path root = library ? folders.library() : folders.inbox();
        Path base = library ? folders.library() : manifest.toAbsolutePath().resolveSibling("");
        Path file;
        try {
            Path relative = Path.of(library ? plain.substring(Manifest.LIBRARY.length()) : plain);
            if (relative.isAbsolute() || plain.startsWith("/") || plain.matches("[A-Za-z]:/.*")) {
                throw refused(name, "is an absolute path");
            }
            file = base.resolve(relative).normalize();
        } catch (InvalidPathException e) {
            throw refused(name, "is not a file name");
        }
        if (!file.startsWith(root) || file.equals(root)) {
            throw refused(name, "points outside the " + (library ? "library" : "inbox"));
        }
        refuseTooLong(name, file);
        Stamp stamp = Stamp.of(file);
        if (stamp.equals(Stamp.NONE)) {
            Path there = names.inOtherForm(root, file).orElse(file);
            stamp = there.equals(file) ? stamp : Stamp.of(there);
            file = there;
        }
        refuseLinks(name, root, file);
        if (!stamp.exists() && !stamp.equals(Stamp.NONE)) {
            throw refused(name, "is not a file");
        }
        return new InboxPath(name, file, library, stamp);
    }

    /** The root folder of this path. */
    Path root(Folders folders) {
        return inLibrary ? folders.library() : folders.inbox();
    }

    private static void refuseTooLong(String name, Path file) {
        for (Path step : file) {
            if (bytes(step) > NAME_BYTES) {
                throw refused(name, "is longer than the %d bytes allowed for a file name".formatted(NAME_BYTES));
            }
        }
        if (bytes(file) > PATH_BYTES) {
            throw refused(name, "is too long for a path");
        }
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static void refuseLinks(String name, Path root, Path file) {
        for (Path step = file; step != null && !step.equals(root); step = step.getParent()) {
            if (Files.isSymbolicLink(step)) {
                throw refused(name, "is or goes through a symbolic link (" + Names.fileName(step) + ")");
            }
            if (!step.equals(file) && Files.isRegularFile(step)) {
                throw refused(name, "goes through " + Names.fileName(step) + ", which is a file, not a folder");
            }
        }
    }

    private static Failure refused(String name, String why) {
        return new Failure(FailureCode.PATH_NOT_ALLOWED, "\"" + ManifestProblem.shown(name) + "\" " + why + ".");
    }
}
