package io.lipdrop.sync.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DeviceSettingsTest {
    @Test
    void refusesADeviceThatIsNoneAsASettingAndInWords() {
        Binder binder = new Binder(new MapConfigurationPropertySource(Map.of("lipdrop.device", "cuda:0,auto")));

        assertThatThrownBy(() -> binder.bind("lipdrop", DeviceSettings.class))
                .hasRootCauseMessage(
                        "lipdrop.device must be auto, cpu, cuda:0 or a list such as cuda:0,cuda:1, not cuda:0,auto");
    }
}
