package io.lipdrop.status.queue;

import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.job.Outcome;
import io.lipdrop.queue.opening.HoursNow;
import io.lipdrop.queue.opening.Pause;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that is asked of the queue here, in one place. */
public interface QueueView {
    /**
     * Looks at the folders.
     *
     * @throws IOException while they cannot be read
     */
    Look look() throws IOException;

    /** How a job ended, if it has; from memory. */
    Optional<Outcome> outcome(Job job);

    /** Whether validation has said what is to become of a job; from memory. */
    boolean isChecked(Job job);

    /** What validation saw of a job, with how long it will take here. */
    Optional<Preflight> preflight(Job job);

    /** Why no job begins now, if so; from memory. */
    @Nullable
    String obstacle();

    /** Who asked for a job to be cancelled, once no worker has it any more; its report follows. From memory. */
    default Optional<String> cancelledBy(Job job) {
        return Optional.empty();
    }

    /** Who paused the queue, if it is paused. */
    default Pause.@Nullable Paused paused() {
        return null;
    }

    /** How the hours of the queue stand, where there are any. */
    default @Nullable HoursNow hours() {
        return null;
    }

    /** Whether no document speaks of a batch or its jobs any more; looks at the folders. */
    boolean isDoneWith(Batch batch) throws IOException;

    /** A batch has ended and is open no longer. */
    void close(Batch batch) throws IOException;

    /**
     * What lay in the folders at one moment.
     *
     * @param batches every batch that is not finished
     * @param queued ids of the jobs whose document waits, in the order of work
     * @param running ids of the jobs whose document says that they run
     * @param beingChecked batches of which some jobs may still have to be checked
     * @param noCheck batches that cannot be checked now, and why
     * @param problems the same in words, also of batches that cannot be opened
     */
    record Look(
            List<Batch> batches,
            Set<String> queued,
            Set<String> running,
            Set<String> beingChecked,
            Map<String, String> noCheck,
            List<String> problems) {
        /** Before the first look. */
        public static final Look NOTHING = new Look(List.of(), Set.of(), Set.of(), Set.of(), Map.of(), List.of());

        public Look {
            batches = List.copyOf(batches);
            queued = Collections.unmodifiableSet(new LinkedHashSet<>(queued));
            running = Set.copyOf(running);
            beingChecked = Set.copyOf(beingChecked);
            noCheck = Map.copyOf(noCheck);
            problems = List.copyOf(problems);
        }
    }
}
