package io.lipdrop.notices;

import com.fasterxml.jackson.core.JacksonException;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * {@code work/notices/}: what is still to be told, a document for each notice and channel. Sorted by name they are in the order
 * in which things happened.
 */
@Component
class NoticeFolder {
    static final String ASIDE = "aside";

    private static final Pattern NAME = Pattern.compile("(\\d{15})-(msg_\\w+)\\..*");

    private final Path folder;
    private final Clock clock;
    private long last;

    NoticeFolder(Folders folders, Clock clock) {
        this.folder = folders.work().resolve("notices");
        this.clock = clock;
    }

    /** Writes a notice for each of the channels that has not got it yet; on disk when this returns. */
    synchronized void write(Notice notice, Iterable<Channel> channels) throws IOException {
        List<String> names = names(folder);
        long number = names.stream().mapToLong(NoticeFolder::numberOf).max().orElse(0);
        last = Math.max(clock.millis(), Math.max(number, last) + 1); // whatever the clock is set to
        for (Channel channel : channels) {
            String ending = "-" + notice.id() + channel.suffix();
            if (names.stream().noneMatch(name -> name.endsWith(ending))) {
                Documents.write(folder.resolve("%015d%s".formatted(last, ending)), notice);
            }
        }
    }

    /** What a document says; nothing where it cannot be understood, and is put aside. */
    Optional<Notice> read(String name) throws IOException {
        Optional<Notice> notice = peek(name);
        if (notice.isEmpty()) {
            putAside(name);
        }
        return notice;
    }

    /** What a document says; nothing where it cannot be understood. */
    Optional<Notice> peek(String name) throws IOException {
        try {
            Notice notice = Documents.read(folder.resolve(name), Notice.class);
            boolean isWhole =
                    notice != null && notice.id() != null && notice.timestamp() != null && notice.data() != null;
            return isWhole ? Optional.of(notice) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    void rewrite(String name, Notice notice) throws IOException {
        Documents.write(folder.resolve(name), notice);
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    /** Nobody is told any more. Moved back into the folder it is tried again. */
    void putAside(String name) throws IOException {
        Files.setLastModifiedTime(folder.resolve(name), FileTime.from(clock.instant())); // its age counts from now on
        DurableFiles.move(folder.resolve(name), aside().resolve(name));
    }

    /** Deletes those that were put aside before a moment; the number of them. */
    int deleteAsideBefore(Instant oldest) throws IOException {
        if (!Files.isDirectory(aside())) {
            return 0;
        }
        int deleted = 0;
        try (Stream<Path> files = Files.list(aside())) {
            for (Path file : files.toList()) {
                boolean isOurs = Channel.of(Names.fileName(file)).isPresent();
                if (isOurs && Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(file);
                    deleted++;
                }
            }
        } catch (NoSuchFileException e) {
            return deleted; // someone has just moved one back
        }
        return deleted;
    }

    Path aside() {
        return folder.resolve(ASIDE);
    }

    /** The names of the documents, in order. */
    List<String> waiting() throws IOException {
        return names(folder);
    }

    /** The names of those that were put aside. */
    List<String> putAside() throws IOException {
        return names(aside());
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name ->
                            NAME.matcher(name).matches() && Channel.of(name).isPresent())
                    .sorted()
                    .toList();
        }
    }

    private static long numberOf(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches() ? Long.parseLong(parts.group(1)) : 0;
    }
}
