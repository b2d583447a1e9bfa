package io.lipdrop.validation;

import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks of a file before it is opened as audio or video. */
final class SourceFile {
    private SourceFile() {}

    /**
     * Checks that the file can be read and is not empty.
     *
     * @param name the user's name for it
     * @throws Failure if not
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

    /** Whether it may exist in a folder without permission. */
    private static boolean isHidden(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        return folder != null && !Files.isExecutable(folder);
    }
}
