package io.lipdrop.web.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Who a request comes from, as far as guesses are counted: an address, or of IPv6 the network, since one client has billions. */
final class ClientAddress {
    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /** Of an address in digits; asks nobody. */
    static String of(@Nullable String address) {
        if (address == null || !address.contains(":")) {
            return String.valueOf(address);
        }
        try {
            InetAddress found = InetAddress.getByName(address);
            if (found instanceof Inet6Address && !found.isLoopbackAddress()) {
                byte[] bytes = found.getAddress();
                Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
                return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
            }
            return found.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
