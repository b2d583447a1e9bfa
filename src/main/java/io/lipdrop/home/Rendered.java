package io.lipdrop.home;

import io.lipdrop.job.Job;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A finished video that is still ours.
 *
 * @param video the whole file, in {@code work/}
 * @param sidecar the document that goes beside it, in {@code work/}; written last
 */
public record Rendered(Job job, Path video, Path sidecar) {

    /** Where a job's rendering is, finished or not. */
    public static Rendered of(Job job, Folders folders) {
        Path folder = folders.rendering(job);
        return new Rendered(job, folder.resolve("result.mp4"), folder.resolve("sidecar.json"));
    }

    /** Whether nothing is left to do but to deliver it; the video may be in the outbox already. */
    public boolean isFinished() {
        return Files.exists(sidecar);
    }
}
