package io.lipdrop.web.door;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What other machines can reach. An address that is not set means all addresses of this machine. */
@Component
@ConditionalOnWebApplication
public class Exposure {
    private final DoorSettings settings;
    private final List<InetAddress> onNetwork = new ArrayList<>();
    private final boolean isConsoleOnNetwork;

    Exposure(DoorSettings settings, ServerProperties server, ManagementServerProperties management, Environment all) {
        this.settings = settings;
        boolean hasOwnPort = ManagementPortType.get(all) == ManagementPortType.DIFFERENT;
        isConsoleOnNetwork = addIfOnNetwork(hasOwnPort ? management.getAddress() : server.getAddress());
        if (hasOwnPort) {
            addIfOnNetwork(server.getAddress());
        }
    }

    private boolean addIfOnNetwork(@Nullable InetAddress bound) {
        InetAddress address = bound == null ? new InetSocketAddress(0).getAddress() : bound;
        return !address.isLoopbackAddress() && onNetwork.add(address);
    }

    /** Addresses that other machines can reach; none if bound to loopback. */
    List<InetAddress> onNetwork() {
        return onNetwork;
    }

    /** Whether other machines could reach Hawtio and Jolokia if they are on. */
    boolean isConsoleOnNetwork() {
        return isConsoleOnNetwork;
    }

    /** Whether Hawtio and Jolokia are on: there is no login, so on a network only if the owner allows it. */
    public boolean isConsoleOn() {
        return !isConsoleOnNetwork || settings.console().openWithoutLogin();
    }
}
