package io.lipdrop.intake;

import io.lipdrop.files.NameEncoding;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Folders;
import io.lipdrop.job.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where a file that a manifest names lies: beside the manifest, or in the library. Anything else is refused; the inbox
 * is open to many, and a manifest must not be a way to read this machine's other files.
 *
 * @param name as the manifest names it
 * @param file the place it means, which may not exist yet
 * @param inLibrary whether it stays where it is
 */
record InboxPath(String name, Path file, boolean inLibrary) {
    private static final String LIBRARY = "library/";

    /**
     * Resolves a name.
     *
     * @throws Failure {@code path-not-allowed}
     */
    static InboxPath of(String name, Path manifest, Folders folders) throws IOException {
        if (!NameEncoding.canHold(name)) {
            throw new IOException(name + " cannot be looked for: " + NameEncoding.advice());
        }
        if (name.matches("[A-Za-z][A-Za-z0-9+.-]+://.*")) {
            throw refused(name, "is an address, not a file");
        }
        String plain = name.replace('\\', '/');
        boolean library = plain.startsWith(LIBRARY);
        Path root = library ? folders.library() : folders.inbox();
        Path base = library ? folders.library() : manifest.toAbsolutePath().resolveSibling("");
        Path file;
        try {
            Path relative = Path.of(library ? plain.substring(LIBRARY.length()) : plain);
            if (relative.isAbsolute() || plain.startsWith("/") || plain.matches("[A-Za-z]:/.*")) {
                throw refused(name, "is an absolute path");
            }
            file = base.resolve(relative).normalize();
        } catch (InvalidPathException e) {
            throw refused(name, "is not a file name");
        }
        if (!file.startsWith(root) || file.equals(root)) {
            throw refused(name, "leads out of the " + (library ? "library" : "inbox"));
        }
        refuseLinks(name, root, file);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw refused(name, "is not a file");
        }
        return new InboxPath(name, file, library);
    }

    private static void refuseLinks(String name, Path root, Path file) {
        for (Path step = file; step != null && !step.equals(root); step = step.getParent()) {
            if (Files.isSymbolicLink(step)) {
                throw refused(name, "is or goes through a symbolic link (" + Names.fileName(step) + ")");
            }
        }
    }

    private static Failure refused(String name, String why) {
        return new Failure(FailureCode.PATH_NOT_ALLOWED, "\"" + name + "\" " + why + ".");
    }
}
