package io.lipdrop.job;

import java.nio.file.Path;

/** Answers the question that decides early whether a video can be lip-synced. */
@FunctionalInterface
public interface FacePresence {
    /** Whether any sampled frame of the video shows a face. */
    boolean isIn(Path video);
}
