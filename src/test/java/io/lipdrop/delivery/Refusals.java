package io.lipdrop.delivery;

import io.lipdrop.home.Folders;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.stage.Notices;
import java.time.Clock;

/** Reports of refused drops, for tests of other packages. */
public final class Refusals {
    private Refusals() {}

    public static ErrorReports tellingTo(Notices notices, Folders folders, ResultFolders results, Clock clock) {
        return new ErrorReports(folders, results, new Records(), notices, clock);
    }
}
