package io.lipdrop.stage;

import io.lipdrop.job.Failure;
import io.lipdrop.job.MachineUnfit;
import java.nio.file.Path;

/** Answers the question that decides early whether a video can be lip-synced. */
@FunctionalInterface
public interface FacePresence {
    /**
     * Whether the video was looked through and shows no face. A long one is looked into only so far as it holds nobody up.
     *
     * @throws Failure when the video cannot be read
     * @throws MachineUnfit when it cannot be read now
     */
    boolean isRuledOut(Path video);
}
