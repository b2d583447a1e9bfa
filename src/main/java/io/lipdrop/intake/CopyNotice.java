package io.lipdrop.intake;

import io.lipdrop.home.Names;
import io.lipdrop.intake.claim.BatchNames;
import io.lipdrop.intake.claim.Claim;
import io.lipdrop.stage.Notices;
import io.lipdrop.stage.Uptime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongConsumer;

/** Reports the progress of a long copy: {@code copying teacher.mp4: 1.2 of 8.0 GB}. */
final class CopyNotice {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Notices notices;
    private final BatchNames names;
    private final Uptime uptime;

    CopyNotice(Notices notices, BatchNames names, Uptime uptime) {
        this.notices = notices;
        this.names = names;
        this.uptime = uptime;
    }

    /** For one file: receives the number of copied bytes and reports it once per second. */
    LongConsumer of(Claim claim, Path file, long bytes) {
        Duration[] told = {uptime.now()};
        return copied -> {
            Duration now = uptime.now();
            if (now.minus(told[0]).compareTo(PAUSE) >= 0) {
                told[0] = now;
                String message = "copying %s: %s".formatted(Names.fileName(file), progress(copied, bytes));
                notices.waiting(claim.batch(), names.label(claim.manifestFile()), message);
            }
        };
    }

    static String progress(long copied, long bytes) {
        boolean isLarge = bytes >= 1L << 30;
        double unit = isLarge ? 1L << 30 : 1L << 20;
        return String.format(Locale.ROOT, "%.1f of %.1f %s", copied / unit, bytes / unit, isLarge ? "GB" : "MB");
    }
}
