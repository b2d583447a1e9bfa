package io.lipdrop.job;

/**
 * The document that says of a job, or of all jobs of a batch that have not ended, that they are to be cancelled.
 *
 * @param by who or what asked
 */
public record CancelMark(String by) {}
