package io.lipdrop.job;

import java.nio.file.Path;

/**
 * A finished video that is still ours.
 *
 * @param video the whole file, in {@code work/}
 * @param sidecar the document that goes beside it, in {@code work/}
 */
public record Rendered(Job job, Path video, Path sidecar) {}
