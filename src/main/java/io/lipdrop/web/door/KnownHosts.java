package io.lipdrop.web.door;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/**
 * The host names that requests may use. A page with any other name could be a foreign one that resolves to this machine (DNS
 * rebinding); this cannot be done with an address.
 */
@Component
@ConditionalOnWebApplication
public class KnownHosts {
    private final boolean isOnNetwork;
    private final Set<String> names = new TreeSet<>(Set.of("localhost"));

    KnownHosts(DoorSettings settings, Exposure exposure, @Value("${server.address:}") String bound) {
        isOnNetwork = !exposure.onNetwork().isEmpty();
        names.addAll(settings.hosts());
        if (isOnNetwork) {
            addNamesOfThisMachine();
            Authority said = Authority.ofHost(bound);
            if (said != null && said.address() == null) {
                names.add(said.host());
            }
        }
    }

    /** In addition to the addresses of this machine. */
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    boolean isKnown(Authority host) {
        return names.contains(host.host()) || isAddressOfThisMachine(host);
    }

    private boolean isAddressOfThisMachine(Authority host) {
        InetAddress address = host.address();
        if (address == null || address.isLoopbackAddress()) {
            return address != null;
        }
        try {
            return isOnNetwork && NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    private void addNamesOfThisMachine() {
        try {
            String name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            names.add(name);
            if (!name.contains(".")) {
                names.add(name + ".local"); // mDNS name
            }
        } catch (UnknownHostException e) {
            // its addresses and lipdrop.hosts are enough
        }
    }
}
