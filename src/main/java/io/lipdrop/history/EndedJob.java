package io.lipdrop.history;

import io.lipdrop.status.BatchStatus.JobStatus;
import java.time.Instant;

/**
 * A job of a batch that has ended.
 *
 * @param batch whose folders in outbox and error have its files
 * @param status how it ended; without {@code result} or {@code report} where that file is no longer there
 * @param createdAt when its batch left the inbox
 * @param finishedAt when it ended
 */
public record EndedJob(String batch, JobStatus status, Instant createdAt, Instant finishedAt) {}
