package io.lipdrop.intake;

import io.lipdrop.job.Failure;
import io.lipdrop.stage.Notices;
import java.nio.file.Path;

/** Hears what is said of drops, and keeps it to itself. */
public class Nobody implements Notices {
    @Override
    public void waiting(String batch, String manifest, String message) {}

    @Override
    public void refusing(String batch, String manifest, Path last, Failure failure) {}

    @Override
    public void refused(String batch, String manifest, Failure failure) {}

    @Override
    public void withdrawn(String batch, String manifest) {}
}
