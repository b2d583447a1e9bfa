package io.lipdrop.validation;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Sources;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Job;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.job.Options;
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
import java.util.Objects;
import java.util.Optional;
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
        FacePresence.Faces seen =
                faces.look(job.video(), Objects.requireNonNullElse(job.options().face(), Options.FaceChoice.LARGEST));
        if (seen.isRuledOut()) {
            throw new Failure(FailureCode.NO_FACE, "No face found in " + job.videoName() + ".");
        }
        return job.seen(preflight(job, voice, video, seen));
    }

    private static Preflight preflight(Job job, CheckedVoices.Voice voice, VideoStream video, FacePresence.Faces seen) {
        DiskNeed.Source source = DiskNeed.Source.of(video, sizeOf(job.video()));
        Optional<Double> seconds = voice.seconds().map(said -> DiskNeed.seconds(source, said, job.options()));
        return new Preflight(
                video.frameWidth(),
                video.frameHeight(),
                video.isStill(),
                seen.frames(),
                rounded(seen.coverage()),
                seen.smallest(),
                seen.turn(),
                seconds.map(Validation::rounded).orElse(null),
                seconds.map(exact -> Math.max(1, video.rate().framesIn(exact))).orElse(null),
                voice.seconds()
                        .map(said -> DiskNeed.bytes(source, said, job.options()))
                        .orElse(null),
                null,
                null);
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
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
