package io.lipdrop.history;

import io.lipdrop.home.ResultFolders;
import io.lipdrop.status.BatchStatuses;
import io.lipdrop.status.StatusEvent.BatchGone;
import io.lipdrop.status.StatusEvents;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The ended batches, in memory and in the file that is read at the next start. */
@Component
class HistoryIndex {
    private static final Logger log = LoggerFactory.getLogger(HistoryIndex.class);

    private final Entries entries = new Entries();
    private final IndexFile file;
    private final ResultReader reader;
    private final ResultFolders results;
    private final BatchStatuses open;
    private final StatusEvents events;
    private volatile boolean isLoaded;

    HistoryIndex(IndexFile file, ResultReader reader, ResultFolders results, BatchStatuses open, StatusEvents events) {
        this.file = file;
        this.reader = reader;
        this.results = results;
        this.open = open;
        this.events = events;
    }

    Entries entries() {
        return entries;
    }

    boolean isLoaded() {
        return isLoaded;
    }

    /** Reads the file; batches that ended meanwhile are known already. One that cannot be read is as good as lost. */
    void load() {
        try {
            file.read().forEach(entries::putIfAbsent);
        } catch (IOException e) {
            log.warn("The list of finished batches cannot be read and is made anew: {}", e.toString());
        }
        isLoaded = true;
    }

    void put(Entry entry) {
        if (!entries.of(entry.id()).equals(Optional.of(entry))) {
            entries.put(entry);
            file.add(entry);
        }
    }

    void remove(String id) {
        if (entries.remove(id)) {
            file.remove(id);
            if (open.summary(id).isEmpty()) { // else a new batch has its name
                events.publish(new BatchGone(id));
            }
        }
    }

    void tidy() {
        file.tidy(entries.all());
    }

    /**
     * Reads a batch once more.
     *
     * @throws IOException where outbox or error are away: that is no deletion
     */
    Optional<Entry> read(String id) throws IOException {
        results.require();
        Optional<Entry> now = reader.read(id);
        if (now.isEmpty()) {
            results.require(); // a share may have gone just now
        }
        now.ifPresentOrElse(this::put, () -> remove(id));
        return now;
    }
}
