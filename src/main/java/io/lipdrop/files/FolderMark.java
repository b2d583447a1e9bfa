package io.lipdrop.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A hidden file with an id that identifies a folder wherever its disk or share is mounted. */
final class FolderMark {
    static final String NAME = ".lipdrop";

    private static final int MAX_BYTES = 4096;
    private static final String TEXT = "%s%n%nLipdrop identifies this folder by this file. Please do not delete it.%n";

    private FolderMark() {}

    /**
     * The folder's id; null if it has none or does not exist.
     *
     * @throws IOException if it cannot be read; it may exist or not
     */
    static @Nullable String read(Path folder) throws IOException {
        try (var in = Files.newInputStream(folder.resolve(NAME))) {
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            return UUID.fromString(text.lines().findFirst().orElse("").strip()).toString();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return null;
        } catch (IllegalArgumentException e) {
            return null; // damaged by a full disk or a person
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) {
                return null; // not all systems have a special exception for "Not a directory"
            }
            throw e;
        }
    }

    /** Gives a folder an id unless it has one, and returns it. */
    static String ensure(Path folder, String id) throws IOException {
        String there = read(folder);
        if (there != null) {
            return there;
        }
        DurableFiles.write(folder.resolve(NAME), TEXT.formatted(id).getBytes(StandardCharsets.UTF_8));
        return id;
    }
}
