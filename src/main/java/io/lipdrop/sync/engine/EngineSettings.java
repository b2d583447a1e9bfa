package io.lipdrop.sync.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * Which engine draws, and how it uses the machine.
 *
 * @param standard what {@code auto} in a manifest stands for: {@code auto} (the best that is there), {@code warp}, a family or a file
 * @param batch faces that go through a network together, 0 to choose by device and memory
 * @param idle time without a job after which a network is closed; absent: never
 */
@ConfigurationProperties("lipdrop.engine")
public record EngineSettings(
        @Name("default") @DefaultValue("auto") String standard,
        @DefaultValue("0") int batch,
        @Nullable Duration idle) {

    public EngineSettings {
        if (batch < 0 || (idle != null && idle.isNegative())) {
            throw new IllegalArgumentException("lipdrop.engine.batch and lipdrop.engine.idle must not be negative");
        }
    }

    public static final EngineSettings STANDARD = new EngineSettings("auto", 0, null);
}
