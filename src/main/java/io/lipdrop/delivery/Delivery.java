package io.lipdrop.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.home.Rendered;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.home.Sources;
import io.lipdrop.job.Job;
import io.lipdrop.job.JobState;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.job.Outcome;
import io.lipdrop.job.Outcome.MouthCheck;
import io.lipdrop.job.Phase;
import io.lipdrop.job.Progress;
import io.lipdrop.stage.Outcomes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Moves a finished video to the outbox: the video, then its sidecar, then the record that the job is done. */
@Component
class Delivery {
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private final Folders folders;
    private final ResultFolders results;
    private final Outcomes outcomes;
    private final Sources sources;
    private final Progress progress;
    private final Clock clock;

    Delivery(
            Folders folders,
            ResultFolders results,
            Outcomes outcomes,
            Sources sources,
            Progress progress,
            Clock clock) {
        this.folders = folders;
        this.results = results;
        this.outcomes = outcomes;
        this.sources = sources;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Delivers the job. Steps that were done before a crash are skipped.
     *
     * @throws io.lipdrop.job.SourceChanged when it was made of a file that is another one now
     * @throws io.lipdrop.job.Failure {@code cancelled}, as long as nothing of it is in the outbox
     * @throws MachineUnfit when the outbox cannot be written; the finished video stays in {@code work/}
     */
    public void deliver(Rendered rendered) {
        Job job = rendered.job();
        progress.phase(job, Phase.DELIVERING);
        if (Files.exists(rendered.video())) {
            outcomes.requireWanted(job);
        }
        Path target;
        try {
            target = results.outbox(job.batch()).resolve(job.stem() + ".mp4");
            if (Files.exists(rendered.video())) {
                sources.requireSame(job);
                DurableFiles.move(rendered.video(), target, copied -> outcomes.requireWanted(job));
            }
            DurableFiles.write(target.resolveSibling(job.stem() + ".json"), Files.readAllBytes(rendered.sidecar()));
            outcomes.record(job, done(job, Names.fileName(target), mouthCheckIn(rendered.sidecar())));
        } catch (IOException e) {
            throw new MachineUnfit("cannot write to the outbox (" + e.getMessage() + ")", e);
        }
        log.info("{}: done, {}", job.id(), target);
        HalfMade.delete(folders, job);
    }

    private Outcome done(Job job, String result, @Nullable MouthCheck check) {
        String doubt = check != null && check.verdict() == MouthCheck.Verdict.WARNING ? check.note() : null;
        return new Outcome(job.id(), JobState.DONE, result, null, doubt, clock.instant(), check);
    }

    /** What is needed of a sidecar; those of earlier versions have none. */
    private record Checked(@Nullable MouthCheck mouthCheck) {}

    private static @Nullable MouthCheck mouthCheckIn(Path sidecar) throws IOException {
        try {
            Checked checked = Documents.read(sidecar, Checked.class);
            MouthCheck check = checked == null ? null : checked.mouthCheck;
            return check == null || check.verdict() == null ? null : check;
        } catch (JsonProcessingException e) {
            log.warn("{} is no sidecar of this version", sidecar);
            return null;
        }
    }
}
