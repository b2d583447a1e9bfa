package io.lipdrop.validation;

import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import java.nio.file.Files;
import java.nio.file.Path;

/** What can be said of a file before it is opened as audio or video. */
final class SourceFile {
    private SourceFile() {}

    /**
     * Makes sure that there is something to read.
     *
     * @param name as the user named it
     * @throws Failure where there is not
     */
    static void require(Path file, String name) {
        if (!Files.isReadable(file)) {
            if (Files.exists(file) || isHidden(file)) {
                throw new Failure(
                        FailureCode.MEDIA_UNREADABLE,
                        name + " cannot be read: the user that runs Lipdrop has no permission.");
            }
            throw new Failure(FailureCode.MEDIA_MISSING, name + " no longer exists.");
        }
        if (!Files.isRegularFile(file)) {
            throw new Failure(FailureCode.MEDIA_MISSING, name + " is not a file.");
        }
        if (file.toFile().length() == 0) {
            throw new Failure(FailureCode.MEDIA_DAMAGED, name + " is empty (0 bytes).");
        }
    }

    /** Whether it may be there, in a folder that may not be looked into. */
    private static boolean isHidden(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        return folder != null && !Files.isExecutable(folder);
    }
}
