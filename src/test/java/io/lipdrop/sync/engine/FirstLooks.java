package io.lipdrop.sync.engine;

import io.lipdrop.home.Folders;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.sync.model.ShippedModels;
import java.time.Clock;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** First looks as the application makes them. */
public final class FirstLooks {
    private FirstLooks() {}

    public static FirstLook in(Folders folders, Ffmpeg ffmpeg, ShippedModels models) {
        return new FirstLook(ffmpeg, models, kept(folders, Clock.systemUTC()));
    }

    static KeptMouths kept(Folders folders, Clock clock) {
        return new KeptMouths(folders, new MouthsSettings(Duration.ofDays(30), DataSize.ofGigabytes(1)), clock);
    }
}
