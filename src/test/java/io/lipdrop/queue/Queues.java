package io.lipdrop.queue;

import io.lipdrop.home.Folders;
import java.time.Clock;

/** The queue of a home, with everything that it needs. */
final class Queues {
    private Queues() {}

    static JobQueue queue(Folders folders, QueueTurn turn) {
        return new JobQueue(folders, new Records(folders), ledger(folders), turn);
    }

    static Ledger ledger(Folders folders) {
        return new Ledger(folders, new Records(folders), Clock.systemUTC(), event -> {});
    }
}
