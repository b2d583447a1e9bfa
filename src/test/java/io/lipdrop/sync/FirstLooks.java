package io.lipdrop.sync;

import io.lipdrop.job.Folders;
import io.lipdrop.media.Ffmpeg;
import java.time.Clock;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** First looks as the application makes them. */
final class FirstLooks {
    private FirstLooks() {}

    static FirstLook in(Folders folders, Ffmpeg ffmpeg, EngineModels models) {
        return new FirstLook(ffmpeg, models, kept(folders, Clock.systemUTC()));
    }

    static KeptMouths kept(Folders folders, Clock clock) {
        return new KeptMouths(folders, Duration.ofDays(30), DataSize.ofGigabytes(1), clock);
    }
}
