package io.lipdrop.stage;

import io.lipdrop.job.Failure;
import io.lipdrop.job.Options;

/** Checks early whether the engine of a job is available. */
@FunctionalInterface
public interface EngineCheck {
    /**
     * Returns normally if the engine in the options can be used here.
     *
     * @throws Failure {@code model-missing} or {@code model-invalid}
     */
    void check(Options options);
}
