package io.lipdrop.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Folders;
import io.lipdrop.home.HomeDocuments;
import io.lipdrop.home.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads our own documents. One that cannot be read stops nothing: it is put aside, and the log says so once. */
@Component
public class Records {
    /** What every document's name ends with. */
    public static final String END = ".json";

    private static final Logger log = LoggerFactory.getLogger(Records.class);

    private final Folders folders;
    private final HomeDocuments documents;

    Records(Folders folders, HomeDocuments documents) {
        this.folders = folders;
        this.documents = documents;
    }

    /**
     * Reads a document that should be ours.
     *
     * @param isOurs whether what was read is complete
     * @return nothing where it is something else, which is in {@code work/aside/} then
     * @throws IOException where it cannot be read now
     */
    public <T> Optional<T> read(Path document, Class<T> type, Predicate<T> isOurs) throws IOException {
        Optional<T> found = peek(document, type, isOurs);
        if (found.isEmpty()) {
            Path aside = putAside(document);
            log.warn("{} is not a Lipdrop document; moved to {}", document, aside);
        }
        return found;
    }

    /** The same, and what is something else stays where it is. */
    public <T> Optional<T> peek(Path document, Class<T> type, Predicate<T> isOurs) throws IOException {
        try {
            return Optional.ofNullable(documents.read(document, type)).filter(isOurs);
        } catch (JsonProcessingException | AccessDeniedException e) {
            log.debug("{}", document, e);
            return Optional.empty();
        }
    }

    /** Writes a document of ours: whole or not at all, and on disk when this returns. */
    public void write(Path document, Object content) throws IOException {
        documents.write(document, content);
    }

    /** The name of a document without its ending. */
    static String idOf(Path document) {
        String name = Names.fileName(document);
        return name.endsWith(END) ? name.substring(0, name.length() - END.length()) : name;
    }

    private Path putAside(Path document) throws IOException {
        Path place = Names.free(folders.aside().resolve(Names.fileName(document)));
        DurableFiles.move(document, place);
        return place;
    }

    /**
     * The documents in a folder of the queue.
     *
     * @throws IOException while it is away: a queue that cannot be seen is not an empty one
     */
    public static List<Path> documentsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Names.fileName(file).endsWith(END)
                            && !Names.fileName(file).startsWith("."))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
