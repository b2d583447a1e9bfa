package io.lipdrop.stage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lipdrop.job.FailureCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Devices and models of the engines on this machine, for health. */
public interface EngineStatus {
    /** Number of jobs that run in parallel. */
    int workers();

    /** Where models run, and why: one entry per worker, as far as known. */
    List<Runner> runners();

    /** The lip-sync models that people put into {@code models/}, as they were last seen. */
    List<Model> models();

    /** What {@code engine: auto} draws with at present: {@code warp}, or a file in {@code models/}. */
    String drawsByDefault();

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
