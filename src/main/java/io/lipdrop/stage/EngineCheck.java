package io.lipdrop.stage;

import io.lipdrop.job.Failure;
import io.lipdrop.job.Options;

/** Tells early whether a job asks for an engine that is there. */
@FunctionalInterface
public interface EngineCheck {
    /**
     * Returns if the engine that the options ask for can draw here.
     *
     * @throws Failure {@code model-missing} or {@code model-invalid}
     */
    void check(Options options);
}
