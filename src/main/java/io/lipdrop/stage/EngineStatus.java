package io.lipdrop.stage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lipdrop.job.FailureCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the engines have to work with on this machine, for whoever runs it. */
public interface EngineStatus {
    /** How many jobs run at the same time. */
    int workers();

    /** Where models run, and why there: one for each worker, as far as it was found out yet. */
    List<Runner> runners();

    /** The lip-sync models that people put into {@code models/}, as they were last seen. */
    List<Model> models();

    /** A device and why it was taken. */
    record Runner(String device, String reason) {}

    /**
     * One file.
     *
     * @param family the engine that uses it, where it can be used
     * @param pictures side of the network's pictures, pixels
     * @param problem why it cannot be used, where it cannot
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Model(
            String file,
            long bytes,
            @Nullable String family,
            @Nullable Integer pictures,
            @Nullable FailureCode code,
            @Nullable String problem) {}
}
