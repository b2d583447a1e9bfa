package io.lipdrop.intake.drop;

import io.lipdrop.files.Stamp;
import io.lipdrop.home.InboxSettings;
import io.lipdrop.home.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of a drop at the last poll, how long it has been unchanged, and the last message about it. */
public final class Sighting {
    /** How long to check only the manifest and the folders of its files. Some file systems report changes of a folder late or never. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** The files are checked again after this fraction of the time waited so far. */
    private static final int SHARE = 10;

    public final Drop drop;
    public final Duration unchanged;
    public String told;
    private final Duration since;
    private final Duration at;
    private final boolean isSeenChanging;
    private final Map<Path, FileTime> folders;
    private @Nullable Map<String, FileEnd> ends;

    /**
     * The current state of a drop, after an earlier one.
     *
     * @param folders the folders of its files, read before the files were
     */
    public Sighting(Drop drop, @Nullable Sighting last, Duration now, Map<Path, FileTime> folders) {
        this.drop = drop;
        this.at = now;
        this.folders = folders;
        if (last != null && last.drop.stamps().equals(drop.stamps())) {
            since = last.since;
            isSeenChanging = last.isSeenChanging;
            ends = last.ends;
        } else {
            since = now;
            isSeenChanging = last != null;
        }
        told = last != null ? last.told : "";
        unchanged = now.minus(since);
    }

    /** The current stamps of the folders of its files. */
    public static Map<Path, FileTime> foldersOf(@Nullable Sighting last) {
        Map<Path, FileTime> folders = new HashMap<>();
        if (last != null) {
            for (InboxPath path : last.drop.files().values()) {
                folders.computeIfAbsent(path.file().resolveSibling(""), Sighting::changedAt);
            }
        }
        return folders;
    }

    /** Whether it waits for a file and nothing has changed since the last poll. */
    public boolean isStillWaiting(Path manifest, Duration now) throws IOException {
        Duration pause = unchanged.dividedBy(SHARE);
        boolean isLooked = now.minus(at).compareTo(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE) < 0;
        return isLooked
                && !folders.isEmpty()
                && drop.failure() == null
                && !drop.missing().isEmpty()
                && Stamp.of(manifest).equals(drop.stampOf(manifest))
                && folders.equals(foldersOf(this));
    }

    /** The files of which the rest may still come. */
    public List<String> unfinished(InboxSettings settings, Clock clock) {
        if (ends == null) {
            ends = ends();
        }
        return ends.entrySet().stream()
                .filter(end -> isRecent(end.getKey(), end.getValue(), settings, clock))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isRecent(String name, FileEnd end, InboxSettings settings, Clock clock) {
        boolean isPatient = unchanged.compareTo(settings.patience()) < 0;
        return switch (end) {
            case WHOLE -> false;
            case BLANK -> isPatient;
            case CUT_SHORT -> isPatient && lastChange(name, clock).compareTo(settings.unfinished()) < 0;
        };
    }

    /** How long ago a file changed: as observed, otherwise by its date. */
    private Duration lastChange(String name, Clock clock) {
        InboxPath path = drop.files().get(name);
        Stamp stamp = path == null ? drop.stampOf(drop.manifestFile()) : path.stamp();
        Duration age = Duration.ofMillis(clock.millis() - stamp.millis());
        return isSeenChanging || age.compareTo(unchanged) < 0 ? unchanged : age;
    }

    private Map<String, FileEnd> ends() {
        if (drop.reading().isCutShort()) {
            return Map.of(Names.fileName(drop.manifestFile()), FileEnd.CUT_SHORT);
        }
        Map<String, FileEnd> found = new HashMap<>();
        if (drop.failure() == null && drop.missing().isEmpty()) {
            drop.files().forEach((name, path) -> found.put(name, FileEnd.of(path.file())));
            found.values().removeIf(FileEnd.WHOLE::equals);
        }
        return found;
    }

    private static FileTime changedAt(Path folder) {
        try {
            return Files.getLastModifiedTime(folder);
        } catch (IOException e) {
            return FileTime.fromMillis(0); // does not exist yet
        }
    }
}
