package io.lipdrop.intake;

import io.lipdrop.home.Folders;
import io.lipdrop.intake.claim.BatchNames;

/** Drops that are cancelled while they wait in the inbox, for tests. */
public final class Withdrawn {
    private Withdrawn() {}

    public static Withdrawals drops(Folders folders, BatchNames names) {
        return new Withdrawals(folders, names, new Nobody());
    }
}
