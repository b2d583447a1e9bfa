package io.lipdrop.queue.opening;

import io.lipdrop.home.Folders;
import java.time.Clock;

/** Queues that are open, with a pause to be begun. */
public final class Openings {
    private Openings() {}

    public static Pause pause(Folders folders) {
        return new Pause(folders, Clock.systemUTC());
    }

    public static Opening always(Folders folders) {
        return of(pause(folders), "", Clock.systemUTC());
    }

    /** Hours in UTC. */
    public static Opening of(Pause pause, String hours, Clock clock) {
        return new Opening(new QueueSettings(hours, "UTC"), pause, clock);
    }
}
