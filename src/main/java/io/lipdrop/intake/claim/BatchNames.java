package io.lipdrop.intake.claim;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Litter;
import io.lipdrop.home.Names;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.home.TakenNames;
import io.lipdrop.job.JobState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Gives each drop a unique batch name, also ignoring case and Unicode form: the manifest's stem, made valid for a folder
 * ({@link Names#fit}), with {@code -2}, {@code -3} … if needed. The folder in the outbox reserves the name, so that the same
 * drop finds it again after a restart.
 */
@Component
public class BatchNames {
    private static final Logger log = LoggerFactory.getLogger(BatchNames.class);

    private final Folders folders;
    private final ResultFolders results;
    private final Map<Path, String> reserved = new ConcurrentHashMap<>();
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    public BatchNames(Folders folders, ResultFolders results) {
        this.folders = folders;
        this.results = results;
    }

    /** The batch name of this manifest; the same until {@link #release}. */
    public synchronized String of(Path manifest) throws IOException {
        String known = reserved.get(manifest);
        if (known == null) {
            known = reserve(Names.stem(Names.fileName(manifest)), manifest);
            reserved.put(manifest, known);
        }
        return known;
    }

    /**
     * A name for a batch that does not come from the inbox. It is nobody else's until {@link #settle}; by then the batch's folder
     * in {@code work/staging/} holds it.
     *
     * @param stem the wanted name, made valid
     */
    public synchronized String begin(String stem) throws IOException {
        String name = reserve(stem, null);
        begun.add(name);
        return name;
    }

    /** The batch has its folder in {@code work/staging/}, or will never have one: then its empty folder in the outbox goes. */
    public synchronized void settle(String name) {
        begun.remove(name);
        if (Files.exists(folders.staging(name))) {
            return;
        }
        try {
            Files.deleteIfExists(folders.outbox().resolve(name));
        } catch (IOException e) {
            log.debug("{} stays in the outbox", name, e);
        }
    }

    /** A manifest whose batch has had its name since before the start. */
    public void restore(Path manifest, String batch) {
        reserved.put(manifest, batch);
    }

    /** The manifest is no longer in the inbox: a later one with the same name is a new drop. */
    public void release(Path manifest) {
        reserved.remove(manifest);
    }

    /** The manifests that have a name. */
    public Map<Path, String> reserved() {
        return Map.copyOf(reserved);
    }

    /** The name of a manifest in reports: its path in the inbox. */
    public String label(Path manifest) {
        return folders.inbox().relativize(manifest).toString();
    }

    private String reserve(String stem, @Nullable Path manifest) throws IOException {
        TakenNames ours = new TakenNames(reserved.values());
        begun.forEach(ours::add);
        namesIn(folders.staging()).forEach(ours::add);
        results.require();
        List<String> inOutbox = namesIn(folders.outbox());
        TakenNames outbox = new TakenNames(inOutbox);
        TakenNames error = new TakenNames(namesIn(folders.error()));
        for (int count = 1; ; count++) {
            String name = count == 1 ? stem : stem + "-" + count;
            if (ours.has(name)) {
                continue;
            }
            Path folder = results.outbox(name);
            boolean isThere = inOutbox.contains(name) && Files.isDirectory(folder);
            boolean isOurs = isThere
                    && manifest != null
                    && isReservationOf(manifest, folder)
                    && isNoFile(folders.error().resolve(name));
            boolean isFree = !error.has(name) && (outbox.has(name) ? isThere && isEmpty(folder) : create(folder));
            if (isOurs || isFree) {
                return name;
            }
        }
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Names::fileName).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Whether a folder exists or can be created. */
    private static boolean isNoFile(Path place) {
        return Files.isDirectory(place) || !Files.exists(place, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether this call made the folder: two drops never get the same one. */
    private static boolean create(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** An empty folder left by a crash, or created by the user. */
    private static boolean isEmpty(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(file -> DurableFiles.isHalfWritten(file) || Litter.isRemovable(Names.fileName(file)));
        } catch (IOException | UncheckedIOException e) {
            return false; // it cannot be read: not ours
        }
    }

    private boolean isReservationOf(Path manifest, Path folder) throws IOException {
        Path file = folder.resolve(ResultFolders.STATUS);
        if (!Files.exists(file)) {
            return false;
        }
        try {
            StatusFile status = Documents.read(file, StatusFile.class);
            return status.state() == JobState.WAITING && Objects.equals(status.manifest(), label(manifest));
        } catch (JsonProcessingException | AccessDeniedException e) {
            return false; // not ours
        }
    }

    /** What is read of a batch's {@code status.json}. */
    private record StatusFile(
            @Nullable String manifest, @Nullable JobState state) {}
}
