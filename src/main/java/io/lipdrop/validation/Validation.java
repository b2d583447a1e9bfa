package io.lipdrop.validation;

import io.lipdrop.job.Batch;
import io.lipdrop.job.Diagnosis;
import io.lipdrop.job.Documents;
import io.lipdrop.job.EngineCheck;
import io.lipdrop.job.FacePresence;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Folders;
import io.lipdrop.job.Job;
import io.lipdrop.job.Verdicts;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaInfo;
import io.lipdrop.media.MediaProbe;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Opens every file of a batch before any is rendered. A bad voice fails every video, a bad video only itself. */
@Component
class Validation {
    private static final Logger log = LoggerFactory.getLogger(Validation.class);

    private final MediaProbe probe;
    private final FacePresence faces;
    private final EngineCheck engines;
    private final Folders folders;

    Validation(MediaProbe probe, FacePresence faces, EngineCheck engines, Folders folders) {
        this.folders = folders;
        this.probe = probe;
        this.faces = faces;
        this.engines = engines;
    }

    /** Checks the batch that a document in {@code work/claimed/} describes. */
    public Verdicts check(File document) throws IOException {
        Batch batch = Documents.read(document.toPath(), Batch.class);
        Failure badVoice =
                failureOf(batch.jobs().get(0), () -> checkVoice(batch.jobs().get(0)));
        List<Job> accepted = new ArrayList<>();
        List<Verdicts.Rejected> rejected = new ArrayList<>();
        for (Job job : batch.jobs()) {
            Failure failure = badVoice != null ? badVoice : failureOf(job, () -> checkVideo(job));
            if (failure == null) {
                accepted.add(job);
            } else {
                rejected.add(new Verdicts.Rejected(job, failure));
            }
        }
        log.info(
                "{}: {} of {} video(s) accepted",
                batch.id(),
                accepted.size(),
                batch.jobs().size());
        return new Verdicts(batch, accepted, rejected);
    }

    private void checkVoice(Job job) {
        present(job.audio(), job.audioName());
        try {
            MediaInfo info = probe.probe(job.audio());
            probe.decodeSoundStart(job.audio(), info);
        } catch (MediaException e) {
            throw e.asFailureOfAudio(job.audio());
        }
    }

    private void checkVideo(Job job) {
        present(job.video(), job.videoName());
        engines.check(job.options());
        try {
            MediaInfo info = probe.probe(job.video());
            if (info.video().isEmpty()) {
                throw new Failure(FailureCode.NO_VIDEO_STREAM, job.videoName() + " has no picture in it.");
            }
        } catch (MediaException e) {
            throw e.asFailureOfVideo(job.video());
        }
        if (faces.isRuledOut(job.video())) {
            throw new Failure(FailureCode.NO_FACE, "No face was found in " + job.videoName() + ".");
        }
    }

    private static void present(Path file, String name) {
        if (!Files.isRegularFile(file)) {
            throw new Failure(FailureCode.MEDIA_MISSING, name + " is no longer there.");
        }
        if (file.toFile().length() == 0) {
            throw new Failure(FailureCode.MEDIA_DAMAGED, name + " is empty (0 bytes).");
        }
    }

    /** The job's failure; where it is this machine's, the batch stays where it is and is checked again. */
    private @Nullable Failure failureOf(Job job, Runnable check) {
        try {
            check.run();
            return null;
        } catch (RuntimeException | Error e) {
            folders.requireSourcesOf(job);
            RuntimeException verdict = Diagnosis.of(e, job.videoName());
            if (!(verdict instanceof Failure failure)) {
                throw verdict;
            }
            if (failure != e) {
                log.error("{}: cannot be checked", job.id(), e);
            }
            return failure;
        }
    }
}
