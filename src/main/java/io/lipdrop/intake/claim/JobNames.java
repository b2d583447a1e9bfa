package io.lipdrop.intake.claim;

import io.lipdrop.home.Names;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.home.TakenNames;
import java.nio.file.Path;
import java.util.List;

/**
 * Names for the jobs of one batch. Whatever becomes of them, no two files meet in the batch's folder in the outbox (videos,
 * sidecars, status) or in error (sources, reports, the manifest for a retry).
 */
final class JobNames {
    private final TakenNames outbox = new TakenNames(List.of(ResultFolders.STATUS));
    private final TakenNames error;
    private final Path voice;

    JobNames(String batch, Path voice) {
        this.voice = voice;
        this.error = ofBatch(batch);
        error.add(Names.fileName(voice));
    }

    /** What is the batch's own in error, whatever its jobs and its media are called. */
    static TakenNames ofBatch(String batch) {
        return new TakenNames(List.of(ResultFolders.STATUS, batch + ".yaml"));
    }

    /** The stem of everything that belongs to the job of this video. */
    String stemOf(String videoName, Path video) {
        String stem = Names.stem(videoName);
        String free = stem;
        for (int count = 2; !isFree(free, videoName, video); count++) {
            free = stem + "-" + count;
        }
        outbox.add(free + ".mp4");
        outbox.add(free + ".json");
        error.add(free + ".error.json");
        error.add(Names.sourceInError(free, videoName));
        return free;
    }

    private boolean isFree(String stem, String videoName, Path video) {
        String source = Names.sourceInError(stem, videoName);
        boolean isVoiceItself = video.equals(voice) && source.equals(Names.fileName(voice));
        return !outbox.has(stem + ".mp4")
                && !outbox.has(stem + ".json")
                && !error.has(stem + ".error.json")
                && (isVoiceItself || !error.has(source));
    }
}
