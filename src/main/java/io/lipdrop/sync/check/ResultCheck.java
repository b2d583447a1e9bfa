package io.lipdrop.sync.check;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.job.Job;
import io.lipdrop.job.Outcome.MouthCheck;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.media.sound.SoundExcerpt;
import io.lipdrop.media.video.VideoReader;
import io.lipdrop.sync.control.Heartbeat;
import io.lipdrop.sync.control.JobControl;
import io.lipdrop.sync.control.RunningJobs;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceTracker;
import io.lipdrop.sync.model.ShippedModels;
import io.lipdrop.sync.render.Checkpoint;
import io.lipdrop.sync.render.MouthResult;
import io.lipdrop.sync.render.RenderPlan;
import io.lipdrop.sync.render.Voice;
import io.lipdrop.sync.voice.Envelope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Looks at a finished video again, at a few seconds of it: follows the mouth, finds the sound, and compares both with what the voice asks
 * for. Whatever goes wrong here is a note and no failure of the job, unless the job itself is ended.
 */
@Component
public class ResultCheck {
    private static final Logger log = LoggerFactory.getLogger(ResultCheck.class);

    /** Nothing moves for so long: the check is given up, not the job. */
    private static final Duration STALL = Duration.ofSeconds(10);

    private static final Duration BEAT = Duration.ofSeconds(2);
    private static final int MAX_BEATS = 60;

    /** After so long no further window is begun: while the machine is busy, or frames are huge, the job must not stall by its check. */
    private static final Duration ENOUGH = Duration.ofSeconds(45);

    private static final double LOOKS_PER_SECOND = 8.4;
    /** Of less than this nothing can be said. */
    private static final double MIN_SECONDS = 2;

    private static final double MAX_WITHOUT_FACE = 0.6;
    /** The effect begins to fade on a head that is turned so far, radians; a mouth with a lower score is hidden. */
    private static final double TURNED = 0.75;

    private static final double HIDDEN = 0.5;

    /** How far off the sound may be to be found. */
    private static final double REACH_SECONDS = 0.5;

    private final Ffmpeg ffmpeg;
    private final MediaProbe probe;
    private final ShippedModels models;
    private final RunningJobs running;
    private final Duration enough;

    @Autowired
    public ResultCheck(Ffmpeg ffmpeg, MediaProbe probe, ShippedModels models, RunningJobs running) {
        this(ffmpeg, probe, models, running, ENOUGH);
    }

    ResultCheck(Ffmpeg ffmpeg, MediaProbe probe, ShippedModels models, RunningJobs running, Duration enough) {
        this.enough = enough;
        this.ffmpeg = ffmpeg;
        this.probe = probe;
        this.models = models;
        this.running = running;
    }

    /** Looks at the finished video of a job. Ends with the job when that is ended, and else always with an answer. */
    public MouthCheck check(Path video, RenderPlan plan, Checkpoint finished, Voice voice, JobControl control) {
        double seconds = plan.rate().secondsOf(finished.frames());
        if (seconds < MIN_SECONDS) {
            return MouthCheck.skipped("The result is too short.");
        }
        if (finished.frames(MouthResult.NO_FACE) > MAX_WITHOUT_FACE * finished.frames()) {
            return MouthCheck.skipped("Most of the result shows no face.");
        }
        Job job = plan.job();
        Duration begun = running.uptime().now();
        Heartbeat heartbeat = control.heartbeat(BEAT, MAX_BEATS);
        try (JobControl own = running.watch(job.videoName(), STALL)) {
            control.cut(() -> own.end(new CancellationException("the job is ended")));
            Looked looked = look(video, plan, finished, voice, own);
            double took = running.uptime().now().minus(begun).toMillis() / 1000.0;
            return Findings.of(looked.looks, looked.sound, looked.seconds, took);
        } catch (RuntimeException | IOException | OutOfMemoryError | StackOverflowError | LinkageError e) {
            control.check();
            String why = Diagnosis.words(e);
            log.warn("{}: the result could not be looked at again: {}", job.id(), why);
            return MouthCheck.skipped("The result could not be looked at again: " + why);
        } finally {
            heartbeat.close();
        }
    }

    private record Looked(Looks looks, Envelope.Found sound, double seconds) {}

    private Looked look(Path video, RenderPlan plan, Checkpoint finished, Voice voice, JobControl own)
            throws IOException {
        MediaInfo info = own.detached("lipdrop-probe", () -> probe.probe(video), late -> {});
        List<Window> windows = Window.choose(plan, voice.mouth(), finished.frames());
        Looks looks = new Looks(voice.mouth());
        double seconds = 0;
        Duration begun = running.uptime().now();
        Window last = windows.get(0);
        for (Window window : windows) {
            if (seconds > 0 && running.uptime().now().minus(begun).compareTo(enough) > 0) {
                break;
            }
            look(video, info, plan, window, looks, own);
            seconds += plan.rate().secondsOf(window.frames());
            last = window;
        }
        return new Looked(looks, sound(video, info, plan, last, voice, own), seconds);
    }

    private void look(Path video, MediaInfo info, RenderPlan plan, Window window, Looks looks, JobControl own) {
        VideoStream stream = info.video().orElseThrow();
        FaceTracker tracker = models.tracker(plan.choice());
        long step = Math.max(1, Math.round(stream.rate().value() / LOOKS_PER_SECOND));
        looks.beginWindow();
        try (VideoReader reader = VideoReader.open(ffmpeg, video, info, window.first(), window.frames())) {
            own.cut(reader::close);
            Frame frame = stream.newFrame();
            for (long number = 0; reader.next(frame) != null; number++) {
                own.beatOrEnd();
                if (number % step == 0) {
                    see(tracker.follow(frame), plan.voiceSecondsAt(window.first() + number), looks);
                }
            }
        }
    }

    private static void see(@Nullable Face face, double voiceSeconds, Looks looks) {
        if (face == null || face.score() < HIDDEN || Math.abs(face.yaw()) > TURNED) {
            looks.addNothing();
        } else {
            looks.add(voiceSeconds, face.opening());
        }
    }

    /** Where the voice is in the sound of the result. */
    private Envelope.Found sound(
            Path video, MediaInfo info, RenderPlan plan, Window window, Voice voice, JobControl own)
            throws IOException {
        double from = plan.rate().secondsOf(window.first());
        SoundExcerpt excerpt = new SoundExcerpt(ffmpeg);
        own.cut(excerpt::abort);
        Envelope heard = Envelope.of(
                excerpt.read(video, info.container(), from, plan.rate().secondsOf(window.frames())));
        own.beatOrEnd();
        Envelope wanted = Envelope.of(
                voice.samples(), from - REACH_SECONDS, plan.rate().secondsOf(window.frames()) + 2 * REACH_SECONDS);
        return wanted.isSilent() ? new Envelope.Found(0, 1) : heard.in(wanted, REACH_SECONDS);
    }
}
