package io.lipdrop.web.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class ExposureTest {
    private final MockEnvironment settings = new MockEnvironment();

    @Test
    void thisMachineIsNoNetwork() {
        for (String own : List.of("127.0.0.1", "localhost", "::1", "127.0.0.2")) {
            settings.setProperty("server.address", own);
            assertThat(new Exposure(settings).onNetwork()).as(own).isEmpty();
        }
    }

    @Test
    void everyOtherAddressIsOne() {
        for (String any : List.of("0.0.0.0", "::", "192.0.2.7")) {
            settings.setProperty("server.address", any);
            assertThat(new Exposure(settings).openSettings()).as(any).containsOnlyKeys("server.address");
        }
    }

    @Test
    void noAddressIsEveryAddress() {
        assertThat(new Exposure(settings).onNetwork()).hasSize(1);
    }

    @Test
    void aPortOfItsOwnHasAnAddressOfItsOwn() {
        settings.setProperty("server.address", "127.0.0.1");
        settings.setProperty("server.port", "8080");
        settings.setProperty("management.server.port", "8081");
        assertThat(new Exposure(settings).openSettings()).containsOnlyKeys("management.server.address");

        settings.setProperty("management.server.address", "127.0.0.1");
        assertThat(new Exposure(settings).onNetwork()).isEmpty();

        settings.setProperty("server.address", "0.0.0.0");
        assertThat(new Exposure(settings).openSettings()).containsOnlyKeys("server.address");
    }

    @Test
    void aHostThatIsNoneIsNamed() {
        assertThatThrownBy(() -> new DoorSettings(List.of("http://nas")))
                .hasMessageContaining("lipdrop.hosts")
                .hasMessageContaining("http://nas");
    }
}
