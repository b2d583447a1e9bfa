package io.lipdrop.intake.manifest;

import io.lipdrop.files.GuardedFolder;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.stage.Uptime;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Empty files {@code <batch>.cancel} in the inbox, by which people cancel who have only the share. Any other file of that name is theirs. */
@Component
public class CancelFiles {
    private static final Logger log = LoggerFactory.getLogger(CancelFiles.class);
    private static final String END = ".cancel";

    /** After this without being seen in the inbox, a file is gone. */
    private static final Duration GONE = Duration.ofSeconds(10);

    private final GuardedFolder inbox;
    private final Uptime uptime;
    private final Map<Path, Seen> seen = new HashMap<>();

    CancelFiles(Folders folders, Uptime uptime) {
        this.inbox = new GuardedFolder(folders.inbox());
        this.uptime = uptime;
    }

    private record Seen(Duration first, Duration last, boolean isDone) {}

    /**
     * What someone asks for.
     *
     * @param batch the name of the batch, as it is written
     * @param age how long the file has been seen
     */
    public record Request(Path file, String batch, Duration age) {}

    static boolean isNamed(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(END) && fileName.length() > END.length();
    }

    /** A file of such a name is in the inbox. */
    synchronized void note(Path file) {
        Duration now = uptime.now();
        seen.merge(file, new Seen(now, now, false), (known, noted) -> new Seen(known.first, now, known.isDone));
    }

    /** What is asked for and not done yet. */
    public synchronized List<Request> open() {
        Duration now = uptime.now();
        seen.values().removeIf(file -> now.minus(file.last).compareTo(GONE) > 0);
        return seen.entrySet().stream()
                .filter(file -> !file.getValue().isDone && isEmpty(file.getKey()))
                .map(file -> new Request(file.getKey(), batchIn(file.getKey()), now.minus(file.getValue().first)))
                .toList();
    }

    /** Takes a file away. One that cannot be deleted is not looked at again until it is gone. */
    public synchronized void done(Request request) {
        try {
            if (inbox.delete(request.file(), CancelFiles::isEmptyFile)) {
                seen.remove(request.file());
                return;
            }
        } catch (IOException e) {
            log.warn("{} cannot be deleted: {}", request.file(), e.toString());
        }
        seen.computeIfPresent(request.file(), (file, known) -> new Seen(known.first, known.last, true));
    }

    private boolean isEmpty(Path file) {
        try {
            return inbox.attributes(file).filter(CancelFiles::isEmptyFile).isPresent();
        } catch (IOException e) {
            return false; // the inbox is away
        }
    }

    private static boolean isEmptyFile(BasicFileAttributes file) {
        return file.isRegularFile() && file.size() == 0;
    }

    private static String batchIn(Path file) {
        String name = Names.fileName(file);
        return name.substring(0, name.length() - END.length());
    }
}
