package io.lipdrop.web.door;

import java.util.List;
import java.util.Objects;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for HTTP access.
 *
 * @param hosts host names, besides this machine's own, that browsers may use
 */
@ConfigurationProperties("lipdrop")
record DoorSettings(@DefaultValue List<String> hosts) {
    DoorSettings {
        hosts = hosts.stream().map(DoorSettings::nameOf).toList();
    }

    private static String nameOf(String host) {
        return Objects.requireNonNull(
                        Authority.ofHost(host),
                        () -> "lipdrop.hosts: '" + host + "' is not a host name; example: nas.example")
                .host();
    }
}
