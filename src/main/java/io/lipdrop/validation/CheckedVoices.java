package io.lipdrop.validation;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Job;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Cache of checked voices, so that each is opened once for all videos of its batch. */
final class CheckedVoices {
    private static final int MAX_VOICES = 1000;

    private final MediaProbe probe;
    private final Tries tries;
    private final Map<Key, Object> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Object> eldest) {
            return size() > MAX_VOICES;
        }
    };

    CheckedVoices(MediaProbe probe, Tries tries) {
        this.probe = probe;
        this.tries = tries;
    }

    /** A valid voice. */
    record Voice(Optional<Double> seconds) {}

    /** A changed voice has a different key. */
    private record Key(String batch, Path file, long bytes, long modified) {}

    /**
     * The voice of a job.
     *
     * @throws Failure if it cannot be used
     * @throws io.lipdrop.job.MachineUnfit if it cannot be checked now
     */
    Voice of(Job job) {
        Key key = new Key(
                job.batch(),
                job.audio(),
                job.audio().toFile().length(),
                job.audio().toFile().lastModified());
        Object answer = known.get(key);
        if (answer instanceof Voice voice) {
            return voice;
        }
        if (answer instanceof Failure failure) {
            throw failure;
        }
        try {
            Voice voice = tries.check(key, job.audioName(), () -> check(job));
            known.put(key, voice);
            return voice;
        } catch (Failure failure) {
            known.put(key, failure);
            if (failure.code() == FailureCode.MEDIA_UNREADABLE) {
                known.put(new Key(job.batch(), job.audio(), 0, 0), failure); // its report moves the file
            }
            throw failure;
        }
    }

    private Voice check(Job job) {
        SourceFile.require(job.audio(), job.audioName());
        try {
            MediaInfo info = probe.probe(job.audio());
            probe.decodeSoundStart(job.audio(), info);
            return new Voice(DiskNeed.seconds(info, job.audio().toFile().length()));
        } catch (MediaException e) {
            throw Diagnosis.ofAudio(e, job.audio(), job.audioName());
        }
    }
}
