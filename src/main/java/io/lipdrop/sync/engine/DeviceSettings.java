package io.lipdrop.sync.engine;

import io.lipdrop.onnx.Device;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where networks of {@code models/} run.
 *
 * @param device {@code auto}, {@code cpu}, {@code cuda:0} …; a list gives one worker for each entry
 */
@ConfigurationProperties("lipdrop")
public record DeviceSettings(@DefaultValue("auto") List<String> device) {
    public DeviceSettings {
        device = List.copyOf(device);
        Device.check(device);
    }
}
