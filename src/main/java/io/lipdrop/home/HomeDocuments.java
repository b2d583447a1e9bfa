package io.lipdrop.home;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lipdrop.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/**
 * Documents that name files of the home, such as jobs and claims. A path below one of its folders is written with that folder's
 * name ({@code work/staging/…}, {@code library/…}), so that a document is true wherever the folder is mounted. Absolute paths, which
 * earlier versions wrote, are read as they are.
 */
@Component
public class HomeDocuments {
    private final JsonMapper json;

    public HomeDocuments(Folders folders) {
        json = Documents.mapper(folders::nameOf, folders::locate);
    }

    /**
     * Reads a document; unknown fields are ignored.
     *
     * @throws IOException if it is missing or damaged
     */
    public <T> T read(Path file, Class<T> type) throws IOException {
        return json.readValue(Files.readAllBytes(file), type);
    }

    /** Whole or not at all, and on disk when this returns. */
    public void write(Path file, Object document) throws IOException {
        DurableFiles.write(file, json.writeValueAsBytes(document));
    }

    /** Whole or not at all; not forced to disk. */
    public void writeUnforced(Path file, Object document) throws IOException {
        DurableFiles.writeUnforced(file, json.writeValueAsBytes(document));
    }
}
