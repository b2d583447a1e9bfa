package io.lipdrop.intake.claim;

import io.lipdrop.home.Names;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.home.TakenNames;
import java.nio.file.Path;
import java.util.List;

/**
 * Names for the jobs of one batch. No two files collide in the batch's folder in the outbox (videos, sidecars, status) or in
 * the error folder (sources, reports, retry manifest), whether jobs succeed or fail.
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

    /** Names in the error folder that belong to the batch, not to jobs or media. */
    static TakenNames ofBatch(String batch) {
        return new TakenNames(List.of(ResultFolders.STATUS, batch + ".yaml"));
    }

    /** The stem of all files of this video's job. */
    String stemOf(String videoName, Path video) {
        String stem = Names.stem(videoName);
        String free = stem;
        for (int count = 2; !isFree(free, videoName, video); count++) {
            free = stem + "-" + count;
        }
        outbox.add(free + ".mp4");
        outbox.add(free + ".json");
        error.add(Names.report(free));
        error.add(Names.sourceInError(free, videoName));
        return free;
    }

    private boolean isFree(String stem, String videoName, Path video) {
        String source = Names.sourceInError(stem, videoName);
        boolean isVoiceItself = video.equals(voice) && source.equals(Names.fileName(voice));
        return !outbox.has(stem + ".mp4")
                && !outbox.has(stem + ".json")
                && !error.has(Names.report(stem))
                && (isVoiceItself || !error.has(source));
    }
}
