package io.lipdrop.status;

import io.lipdrop.stage.Uptime;
import java.time.Duration;

/** How often the document of one batch is written: that of ten thousand jobs is several MB, and costs at most a twentieth of the time. */
final class WritePace {
    private static final int SHARE = 20;

    /** Also where a share is so slow that it costs more: what is older looks as if nothing went on. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final Uptime uptime;
    private Duration begun = Duration.ZERO;
    private Duration next = Duration.ZERO;

    WritePace(Uptime uptime) {
        this.uptime = uptime;
    }

    /** Whether the next write may begin. */
    boolean isOver() {
        return uptime.now().compareTo(next) >= 0;
    }

    void begin() {
        begun = uptime.now();
    }

    void end() {
        Duration now = uptime.now();
        Duration pause = now.minus(begun).multipliedBy(SHARE);
        next = now.plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST);
    }
}
