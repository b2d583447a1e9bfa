package io.lipdrop.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.files.Checksum;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.files.Stamp;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.job.Job;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.probe.AudioStream;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.sound.VoiceDecoder;
import io.lipdrop.sync.control.JobControl;
import io.lipdrop.sync.model.ShippedModels;
import io.lipdrop.sync.render.Voice;
import io.lipdrop.sync.voice.MouthTrack;
import io.lipdrop.sync.voice.VoiceToMouth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The voice of a batch: decoded and heard once, by the first job that needs it, and kept for the others. A job that comes
 * while another makes it waits for that one.
 */
@Component
class BatchVoice {
    private static final Logger log = LoggerFactory.getLogger(BatchVoice.class);
    private static final int WAIT_MILLIS = 500;
    private static final String RECORD = "voice.json";

    private final Folders folders;
    private final Ffmpeg ffmpeg;
    private final MediaProbe probe;
    private final ShippedModels models;
    private final Set<String> making = new HashSet<>();

    BatchVoice(Folders folders, Ffmpeg ffmpeg, MediaProbe probe, ShippedModels models) {
        this.folders = folders;
        this.ffmpeg = ffmpeg;
        this.probe = probe;
        this.models = models;
    }

    /** What is kept of a voice beside its files; written last: where it is, the files are whole. */
    private record Kept(
            long samples,
            double saidSeconds,
            String sha256,
            @Nullable Stamp source,
            @Nullable List<String> warnings) {}

    /**
     * The batch's voice, from an earlier job or made now.
     *
     * @throws io.lipdrop.job.Failure when it cannot be decoded
     */
    Voice of(Job job, JobControl control) throws IOException {
        begin(job.batch(), control);
        try {
            return kept(job, control);
        } finally {
            end(job.batch());
        }
    }

    /** Waits until nobody makes this batch's voice. That moves nothing; who makes it is watched, and ends one way or another. */
    private synchronized void begin(String batch, JobControl control) {
        try {
            while (!making.add(batch)) {
                wait(WAIT_MILLIS);
                control.beatOrEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MachineUnfit("Lipdrop is stopping", e);
        }
    }

    private synchronized void end(String batch) {
        making.remove(batch);
        notifyAll();
    }

    private Voice kept(Job job, JobControl control) throws IOException {
        Path folder = folderOf(job);
        Path sound = folder.resolve("sound.m4a");
        Path samples = folder.resolve("voice.s16");
        Path shapes = folder.resolve("mouth.f32");
        Path record = folder.resolve(RECORD);
        Optional<Kept> known = Files.exists(samples) ? keptIn(record) : Optional.empty();
        if (known.isEmpty()) {
            Files.createDirectories(folder);
            Files.deleteIfExists(record);
            make(job, samples, sound, shapes, record, control);
        }
        Kept kept = known.isPresent() ? known.get() : Documents.read(record, Kept.class);
        double seconds = (double) kept.samples / VoiceDecoder.SAMPLE_RATE;
        return new Voice(
                sound,
                samples,
                MouthTrack.read(shapes),
                seconds,
                kept.saidSeconds,
                kept.sha256,
                Objects.requireNonNullElse(kept.warnings, List.of()));
    }

    /** A voice that was written on is another one; jobs that began with the old one still read theirs. */
    private Path folderOf(Job job) throws IOException {
        Path folder = folders.voice(job.batch());
        Stamp source = keptIn(folder.resolve(RECORD)).map(Kept::source).orElse(null);
        Stamp now = Stamp.of(job.audio());
        boolean isSame = source == null || source.equals(now) || !now.exists();
        return isSame ? folder : folder.resolve(now.bytes() + "-" + now.millis());
    }

    /** Nothing where the voice is to be made: there is none yet, or what is there cannot be read. */
    private static Optional<Kept> keptIn(Path record) throws IOException {
        if (!Files.exists(record)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Documents.read(record, Kept.class))
                    .filter(kept -> kept.sha256 != null && kept.samples > 0);
        } catch (JsonProcessingException e) {
            log.warn("{} cannot be read; the voice is decoded again", record);
            return Optional.empty();
        }
    }

    private void make(Job job, Path voice, Path sound, Path shapes, Path record, JobControl control)
            throws IOException {
        Stamp source = Stamp.of(job.audio());
        VoiceDecoder decoder = new VoiceDecoder(ffmpeg, control::beatOrEnd);
        control.cut(decoder::abort);
        VoiceDecoder.Voice decoded;
        MediaInfo info;
        try {
            info = control.detached("lipdrop-probe", () -> probe.probe(job.audio()), late -> {});
            decoded = decoder.decode(job.audio(), info, voice, sound);
        } catch (MediaException e) {
            throw Diagnosis.ofAudio(e, job.audio(), job.audioName());
        }
        MouthTrack mouth = new VoiceToMouth(models.model(ShippedModels.VOICE)).hear(voice, control::beatOrEnd);
        DurableFiles.write(shapes, mouth.bytes());
        double said = info.audio().map(AudioStream::seconds).orElse(0.0);
        String sha256 = Checksum.sha256(job.audio(), control::beatOrEnd);
        decoded.warnings().forEach(warning -> log.warn("{}: {}", job.batch(), warning));
        Documents.write(record, new Kept(decoded.samples(), said, sha256, source, decoded.warnings()));
    }
}
