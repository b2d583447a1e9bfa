package io.lipdrop.status;

import io.lipdrop.job.JobState;
import io.lipdrop.status.BatchStatus.JobStatus;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs of a batch are in which state, and what that makes of the batch.
 *
 * @param byState states in which no job is are left out
 */
record JobCounts(Map<JobState, Integer> byState) {
    static JobCounts of(List<JobStatus> jobs) {
        return ofStates(jobs.stream().map(JobStatus::state).toList());
    }

    static JobCounts ofStates(List<JobState> states) {
        Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
        states.forEach(state -> counts.merge(state, 1, Integer::sum));
        return new JobCounts(Collections.unmodifiableMap(counts));
    }

    /**
     * Where the batch as a whole stands.
     *
     * @param isPutAway whether no document in {@code work/} speaks of its jobs any more
     */
    JobState state(boolean isPutAway) {
        boolean isBegun = byState.keySet().stream().anyMatch(JobState::isFinal);
        for (JobState state : List.of(JobState.RUNNING, JobState.QUEUED, JobState.WAITING)) {
            if (has(state)) {
                return isBegun ? JobState.RUNNING : state;
            }
        }
        if (!isPutAway) {
            return JobState.RUNNING;
        }
        for (JobState state : List.of(JobState.FAILED, JobState.CANCELLED)) {
            if (has(state)) {
                return state;
            }
        }
        return JobState.DONE;
    }

    /**
     * The same in words.
     *
     * @param obstacle why no job begins now, if so
     * @param noCheck why no job can be checked now, if so
     */
    String message(@Nullable String obstacle, @Nullable String noCheck) {
        int all = byState.values().stream().mapToInt(Integer::intValue).sum();
        StringBuilder message = new StringBuilder("%d of %d done".formatted(count(JobState.DONE), all));
        for (JobState state : List.of(JobState.FAILED, JobState.CANCELLED, JobState.RUNNING, JobState.QUEUED)) {
            if (has(state)) {
                message.append(", ").append(count(state)).append(' ').append(state.label());
            }
        }
        int unchecked = count(JobState.WAITING);
        if (unchecked > 0) {
            message.append(", %d of %d checked".formatted(all - unchecked, all));
        }
        if (noCheck != null && unchecked > 0) {
            message.append("; validation is waiting: ").append(noCheck);
        }
        if (obstacle != null && has(JobState.QUEUED)) {
            message.append("; the queue is waiting: ").append(obstacle);
        }
        return message.toString();
    }

    private int count(JobState state) {
        return byState.getOrDefault(state, 0);
    }

    private boolean has(JobState state) {
        return byState.containsKey(state);
    }
}
