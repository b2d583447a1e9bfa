package io.lipdrop.sync;

import io.lipdrop.onnx.Device;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs are rendered.
 *
 * @param device where networks of {@code models/} run: {@code auto}, {@code cpu}, {@code cuda:0} …; a list gives one worker
 *     for each entry
 * @param stall a job in which nothing moves for so long fails as {@code stalled}
 * @param checkpoint how much video a segment holds: what a restart may lose
 */
@ConfigurationProperties("lipdrop")
record SyncSettings(
        @DefaultValue("auto") List<String> device,
        @DefaultValue("60s") Duration stall,
        @DefaultValue("10s") Duration checkpoint) {
    SyncSettings {
        device = List.copyOf(device);
        Device.check(device);
    }
}
