package io.lipdrop.history;

import io.lipdrop.home.ResultFolders;
import io.lipdrop.stage.LookThread;
import io.lipdrop.stage.Uptime;
import io.lipdrop.status.BatchStatuses;
import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.text.Normalizer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Compares the index with the folders every five seconds, in a thread of its own: they may be on a slow share. Reads what is new,
 * and forgets what someone deleted. After the index is lost, everything is new.
 */
@Component
class HistoryWatch implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(HistoryWatch.class);
    private static final int LOOKS_A_MINUTE = 12;

    /** A folder that takes longer to answer is on a share that hangs. */
    private static final Duration HANGS = Duration.ofSeconds(2);

    private final HistoryIndex index;
    private final ResultReader reader;
    private final ResultFolders results;
    private final BatchStatuses statuses;
    private final Deletions deletions;
    private final Uptime uptime;
    private final LookThread thread = new LookThread("lipdrop-history");

    /** Folders that are no ended batch, and when they were last changed. */
    private final Map<String, FileTime> others = new HashMap<>();

    private List<Optional<FileTime>> lastTimes = List.of();
    private int looks;
    private boolean isFresh;
    private volatile @Nullable Duration stepBegan;
    private volatile boolean isComplete;

    HistoryWatch(
            HistoryIndex index,
            ResultReader reader,
            ResultFolders results,
            BatchStatuses statuses,
            Deletions deletions,
            Uptime uptime) {
        this.index = index;
        this.reader = reader;
        this.results = results;
        this.statuses = statuses;
        this.deletions = deletions;
        this.uptime = uptime;
    }

    /** Whether everything that lies in the folders has been read. */
    boolean isComplete() {
        return isComplete;
    }

    /** Whether a folder does not answer: then nobody else should ask it. */
    boolean isHangingUp() {
        Duration began = stepBegan;
        return began != null && uptime.now().minus(began).compareTo(HANGS) > 0;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT5S")
    void tick() {
        thread.begin(this::lookSafely);
    }

    @Override
    public void destroy() {
        thread.close();
    }

    private void lookSafely() {
        try {
            look();
        } catch (IOException e) {
            isComplete = false;
            log.debug("The finished batches cannot be looked at now", e);
        } catch (RuntimeException | Error e) {
            isComplete = false;
            log.warn("The finished batches could not be looked at", e);
        } finally {
            stepBegan = null;
        }
    }

    /**
     * Looks once.
     *
     * @throws IOException while outbox or error are away: what was known still holds
     */
    synchronized void look() throws IOException {
        if (!index.isLoaded()) {
            index.load();
        }
        step();
        results.require();
        deletions.finish();
        List<Optional<FileTime>> times = reader.rootTimes();
        boolean isChanged = !times.equals(lastTimes);
        boolean isMinute = looks++ % LOOKS_A_MINUTE == 0;
        // The time of a folder is coarse: after a change it is listed once more.
        if (isChanged || isFresh || isMinute || !isComplete) {
            compare(isMinute);
            isFresh = isChanged;
            lastTimes = times;
            isComplete = true;
        }
        stepBegan = null;
        index.tidy();
    }

    private void compare(boolean isMinute) throws IOException {
        step();
        List<String> outbox = reader.batchFolders();
        List<String> error = reader.failureFolders();
        results.require(); // otherwise a share has gone meanwhile, and what was listed is another folder
        Set<String> inOutbox = composed(outbox);
        Set<String> inError = composed(error);
        for (Entry entry : index.entries().all()) {
            Set<String> where = entry.isOfReportsOnly() ? inError : inOutbox;
            if (!where.contains(composed(entry.id()))) {
                step();
                index.read(entry.id());
            }
        }
        Set<String> all = new HashSet<>(outbox);
        all.addAll(error);
        others.keySet().retainAll(all);
        for (String name : all) {
            if (index.entries().of(name).isEmpty()
                    && index.entries().of(composed(name)).isEmpty()) {
                step();
                readIfNew(name);
            }
        }
        if (isMinute) {
            deletions.clear(outbox, error);
        }
    }

    private void readIfNew(String name) throws IOException {
        if (!ResultReader.isName(name) || statuses.summary(name).isPresent()) {
            return;
        }
        FileTime changed =
                reader.folder(name).map(BasicFileAttributes::lastModifiedTime).orElse(null);
        if (changed == null || changed.equals(others.get(name))) {
            return;
        }
        try {
            reader.read(name).ifPresentOrElse(index::put, () -> others.put(name, changed));
        } catch (IOException e) {
            results.require();
            others.put(name, changed); // that one cannot be read; it holds up no other
            log.debug("{} cannot be read", name, e);
        }
    }

    private void step() {
        stepBegan = uptime.now();
    }

    private static Set<String> composed(List<String> names) {
        Set<String> composed = new HashSet<>();
        names.forEach(name -> composed.add(composed(name)));
        return composed;
    }

    /** Some shares give names in another Unicode form than they were given. */
    private static String composed(String name) {
        return Normalizer.isNormalized(name, Normalizer.Form.NFC)
                ? name
                : Normalizer.normalize(name, Normalizer.Form.NFC);
    }
}
