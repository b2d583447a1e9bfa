package io.lipdrop.delivery;

import io.lipdrop.home.Folders;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.job.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Failed jobs whose files are taken until the process is killed: before or after one of the steps. */
public final class InterruptedFailedJobs extends FailedJobs {
    private int left = Integer.MAX_VALUE;

    public InterruptedFailedJobs(Folders folders, ResultFolders results) {
        super(new ErrorReports(folders, results, new Records(), new Records(), Clock.systemUTC()), folders, results);
    }

    /** The process is killed after so many halves of steps; each step has one before and one after what it does. */
    public void killAfter(int halves) {
        left = halves;
    }

    @Override
    public boolean bring(Path file, Path target, boolean isShared) throws IOException {
        beat();
        boolean isBrought = super.bring(file, target, isShared);
        beat();
        return isBrought;
    }

    @Override
    public void remove(String batch, String report, Manifest retried) throws IOException {
        beat();
        super.remove(batch, report, retried);
        beat();
    }

    private void beat() throws IOException {
        if (left-- <= 0) {
            throw new IOException("killed");
        }
    }
}
