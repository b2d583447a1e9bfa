package io.lipdrop.home;

import io.lipdrop.job.Job;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A finished video before delivery.
 *
 * @param video the complete file, in {@code work/}
 * @param sidecar its sidecar, in {@code work/}; written last
 */
public record Rendered(Job job, Path video, Path sidecar) {

    /** The rendering of a job, finished or not. */
    public static Rendered of(Job job, Folders folders) {
        Path folder = folders.rendering(job);
        return new Rendered(job, folder.resolve("result.mp4"), folder.resolve("sidecar.json"));
    }

    /** Whether its video is in the outbox already: what is left is its sidecar there and its record. */
    public boolean isInOutbox() {
        return isFinished() && !Files.exists(video);
    }

    /** Whether only delivery is left; the video may already be in the outbox. */
    public boolean isFinished() {
        return Files.exists(sidecar);
    }
}
