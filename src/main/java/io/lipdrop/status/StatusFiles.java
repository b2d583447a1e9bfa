package io.lipdrop.status;

import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Documents;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.job.JobState;
import io.lipdrop.stage.Uptime;
import io.lipdrop.status.StatusEvent.BatchChanged;
import io.lipdrop.status.StatusEvent.Looked;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes {@code outbox/<batch>/status.json}: of a drop when it changes; of a batch each second while a job runs, else when it
 * has changed; of a large batch less often ({@link Pace}). What cannot be written is written later. The last status is forced to
 * disk, and ends the batch.
 */
@Component
class StatusFiles implements StatusListener {
    private static final Logger log = LoggerFactory.getLogger(StatusFiles.class);

    private final BatchStatuses statuses;
    private final BatchCloser closer;
    private final ResultFolders results;
    private final Uptime uptime;
    private final Map<String, Pace> paces = new HashMap<>();
    private final Set<String> due = new HashSet<>();
    private final Map<String, String> troubles = new HashMap<>();
    private int moves;

    StatusFiles(BatchStatuses statuses, BatchCloser closer, ResultFolders results, Uptime uptime) {
        this.statuses = statuses;
        this.closer = closer;
        this.results = results;
        this.uptime = uptime;
    }

    @Override
    public synchronized void hear(StatusEvent event) {
        if (event instanceof BatchChanged changed) {
            due.add(changed.batch().batch());
            if (changed.batch().jobs().isEmpty()) {
                write(changed.batch().batch()); // a drop has no next second to wait for
            }
        } else if (event instanceof Looked) {
            writeAll();
        }
    }

    private void writeAll() {
        List<BatchSummary> batches = statuses.batches();
        boolean isElsewhere = moves != results.moves(); // nothing of it is where people look now
        moves = results.moves();
        for (BatchSummary batch : batches) {
            if (isElsewhere || batch.state() == JobState.RUNNING) {
                due.add(batch.batch());
            }
        }
        Set<String> known = new HashSet<>();
        for (BatchSummary batch : batches) {
            known.add(batch.batch());
            boolean isAtOnce = isElsewhere || batch.state().isFinal();
            Pace pace = paces.computeIfAbsent(batch.batch(), name -> new Pace(uptime));
            if (due.contains(batch.batch()) && (isAtOnce || pace.isOver())) {
                pace.begin();
                write(batch.batch());
                pace.end();
            }
        }
        due.retainAll(known);
        paces.keySet().retainAll(known);
        troubles.keySet().retainAll(known);
    }

    private void write(String batch) {
        try {
            BatchStatus status = statuses.batch(batch).orElse(null);
            if (status != null) {
                write(status);
            }
        } catch (IOException e) {
            complain(batch, "status.json cannot be written: " + e);
        }
    }

    private void write(BatchStatus status) throws IOException {
        boolean isLast = status.state().isFinal();
        if (isLast && !closer.mayEnd(status.batch())) {
            return; // its last document is just being put away
        }
        Path file = results.outbox(status.batch()).resolve(ResultFolders.STATUS);
        byte[] document = Documents.bytes(status);
        if (isLast || status.jobs().isEmpty()) {
            DurableFiles.write(file, document);
        } else {
            DurableFiles.writeUnforced(file, document);
        }
        if (isLast && !isEnded(status)) {
            return;
        }
        due.remove(status.batch());
        troubles.remove(status.batch());
    }

    private boolean isEnded(BatchStatus last) {
        try {
            closer.end(last);
            return true;
        } catch (IOException e) {
            complain(last.batch(), "cannot be closed: " + e);
            return false;
        }
    }

    /** Once for each reason: it is tried again every second. */
    private void complain(String batch, String trouble) {
        if (!trouble.equals(troubles.put(batch, trouble))) {
            log.warn("{}: {}", batch, trouble);
        }
    }

    /** How often the document of one batch is written: that of ten thousand jobs is several MB, and costs at most a twentieth of the time. */
    private static final class Pace {
        private static final int SHARE = 20;

        /** Also where a share is so slow that it costs more: what is older looks as if nothing went on. */
        private static final Duration LONGEST = Duration.ofSeconds(15);

        private final Uptime uptime;
        private Duration begun = Duration.ZERO;
        private Duration next = Duration.ZERO;

        Pace(Uptime uptime) {
            this.uptime = uptime;
        }

        /** Whether the next write may begin. */
        boolean isOver() {
            return uptime.now().compareTo(next) >= 0;
        }

        void begin() {
            begun = uptime.now();
        }

        void end() {
            Duration now = uptime.now();
            Duration pause = now.minus(begun).multipliedBy(SHARE);
            next = now.plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST);
        }
    }
}
