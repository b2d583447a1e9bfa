package io.lipdrop.web.door;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What other machines can reach. An address that is not set means all addresses of this machine. */
@Component
@ConditionalOnWebApplication
public class Exposure {
    private static final String SERVER = "server.address";
    private static final String MANAGEMENT = "management.server.address";

    private final Map<String, InetAddress> onNetwork = new TreeMap<>();

    /** As the settings say it, before anything is bound. */
    public Exposure(Environment settings) {
        addIfOnNetwork(settings, SERVER);
        if (ManagementPortType.get(settings) == ManagementPortType.DIFFERENT) {
            addIfOnNetwork(settings, MANAGEMENT);
        }
    }

    private void addIfOnNetwork(Environment settings, String name) {
        InetAddress bound = Binder.get(settings)
                .bind(name, InetAddress.class)
                .orElseGet(() -> new InetSocketAddress(0).getAddress());
        if (!bound.isLoopbackAddress()) {
            onNetwork.put(name, bound);
        }
    }

    /** Addresses that other machines can reach; none if bound to loopback. */
    public List<InetAddress> onNetwork() {
        return new ArrayList<>(onNetwork.values());
    }

    /** The settings that let other machines in, and what they are. */
    public Map<String, InetAddress> openSettings() {
        return Collections.unmodifiableMap(onNetwork);
    }
}
