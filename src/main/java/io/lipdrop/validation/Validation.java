package io.lipdrop.validation;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Sources;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Job;
import io.lipdrop.job.Verdict;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.stage.EngineCheck;
import io.lipdrop.stage.FacePresence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Opens the files of a job before it is queued. An invalid voice fails all videos of its batch, an invalid video only itself. */
@Component
class Validation {
    private final MediaProbe probe;
    private final FacePresence faces;
    private final EngineCheck engines;
    private final Folders folders;
    private final Sources sources;
    private final CheckedVoices voices;
    private final Tries tries = new Tries();

    Validation(MediaProbe probe, FacePresence faces, EngineCheck engines, Folders folders, Sources sources) {
        this.probe = probe;
        this.faces = faces;
        this.engines = engines;
        this.folders = folders;
        this.sources = sources;
        this.voices = new CheckedVoices(probe, tries);
    }

    /**
     * Checks the voice of a job, unless it was checked for another video of the batch, and its video.
     *
     * @throws io.lipdrop.job.SourceChanged if a source is still changing
     * @throws io.lipdrop.job.MachineUnfit if it cannot be checked now
     */
    public synchronized Verdict check(Job job) {
        folders.requireSourcesOf(job);
        sources.requireRest(job);
        try {
            CheckedVoices.Voice voice = voices.of(job);
            Job accepted = tries.check(job.id(), job.videoName(), () -> checked(job, voice));
            sources.requireJudged(job);
            return new Verdict.Accepted(accepted);
        } catch (Failure failure) {
            folders.requireSourcesOf(job);
            sources.requireJudged(job);
            return new Verdict.Rejected(job, failure);
        }
    }

    private Job checked(Job job, CheckedVoices.Voice voice) {
        SourceFile.require(job.video(), job.videoName());
        engines.check(job.options());
        VideoStream video = videoOf(job);
        if (faces.isRuledOut(job.video())) {
            throw new Failure(FailureCode.NO_FACE, "No face found in " + job.videoName() + ".");
        }
        DiskNeed.Source source = DiskNeed.Source.of(video, sizeOf(job.video()));
        return voice.seconds()
                .map(seconds -> job.needing(DiskNeed.bytes(source, seconds, job.options())))
                .orElse(job);
    }

    private VideoStream videoOf(Job job) {
        try {
            MediaInfo info = probe.probe(job.video());
            return info.video()
                    .orElseThrow(
                            () -> new Failure(FailureCode.NO_VIDEO_STREAM, job.videoName() + " has no video stream."));
        } catch (MediaException e) {
            throw Diagnosis.ofVideo(e, job.video(), job.videoName());
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
