package io.lipdrop.stage;

import java.time.Duration;

/** Time that only goes on, whatever the clock on the wall is set to: for how long, never for when. */
public interface Uptime {
    /** Since some moment of this process. */
    Duration now();
}
