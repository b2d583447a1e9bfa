package io.lipdrop.web.door;

import java.util.List;
import java.util.Objects;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for HTTP access.
 *
 * @param hosts host names, besides this machine's own, that browsers may use
 * @param console settings of the console
 */
@ConfigurationProperties("lipdrop")
record DoorSettings(
        @DefaultValue List<String> hosts, @DefaultValue Console console) {
    DoorSettings {
        hosts = hosts.stream().map(DoorSettings::nameOf).toList();
    }

    private static String nameOf(String host) {
        return Objects.requireNonNull(
                        Authority.ofHost(host),
                        () -> "lipdrop.hosts: '" + host + "' is not a host name; example: nas.example")
                .host();
    }

    /**
     * Hawtio and Jolokia.
     *
     * @param openWithoutLogin whether everyone who reaches {@code server.address} may use them, if that is not loopback
     */
    record Console(@DefaultValue("false") boolean openWithoutLogin) {}
}
