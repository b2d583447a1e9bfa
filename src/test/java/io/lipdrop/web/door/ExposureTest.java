package io.lipdrop.web.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.mock.env.MockEnvironment;

class ExposureTest {
    private final ServerProperties server = new ServerProperties();
    private final ManagementServerProperties management = new ManagementServerProperties();
    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void theConsoleIsOnForThisMachine() throws UnknownHostException {
        for (String own : List.of("127.0.0.1", "localhost", "::1", "127.0.0.2")) {
            server.setAddress(InetAddress.getByName(own));
            assertThat(exposure(false).isConsoleOn()).as(own).isTrue();
            assertThat(exposure(false).onNetwork()).as(own).isEmpty();
        }
    }

    @Test
    void onANetworkItIsOnWhereTheOwnerSaysSoOnly() throws UnknownHostException {
        for (String any : List.of("0.0.0.0", "::", "192.0.2.7")) {
            server.setAddress(InetAddress.getByName(any));
            assertThat(exposure(false).isConsoleOn()).as(any).isFalse();
            assertThat(exposure(true).isConsoleOn()).as(any).isTrue();
            assertThat(exposure(true).onNetwork()).as(any).hasSize(1);
        }
    }

    @Test
    void noAddressIsEveryAddress() {
        assertThat(exposure(false).isConsoleOn()).isFalse();
    }

    @Test
    void aPortOfItsOwnHasAnAddressOfItsOwn() throws UnknownHostException {
        server.setAddress(InetAddress.getLoopbackAddress());
        environment.setProperty("server.port", "8080");
        environment.setProperty("management.server.port", "8081");
        assertThat(exposure(false).isConsoleOn()).isFalse();
        assertThat(exposure(false).onNetwork()).hasSize(1);

        management.setAddress(InetAddress.getLoopbackAddress());
        assertThat(exposure(false).isConsoleOn()).isTrue();
        server.setAddress(InetAddress.getByName("0.0.0.0"));
        assertThat(exposure(false).isConsoleOn()).isTrue();
        assertThat(exposure(false).onNetwork()).hasSize(1);
    }

    @Test
    void aHostThatIsNoneIsNamed() {
        assertThatThrownBy(() -> new DoorSettings(List.of("http://nas"), new DoorSettings.Console(false)))
                .hasMessageContaining("lipdrop.hosts")
                .hasMessageContaining("http://nas");
    }

    private Exposure exposure(boolean openWithoutLogin) {
        return new Exposure(
                new DoorSettings(List.of(), new DoorSettings.Console(openWithoutLogin)),
                server,
                management,
                environment);
    }
}
