package io.lipdrop.web.door;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host and port of a URL, normalised: lower case, without a trailing dot, addresses in Java's form.
 *
 * @param scheme {@code http} or {@code https}; null for a {@code Host} header
 * @param port null if it is the default of the scheme
 */
record Authority(
        @Nullable String scheme, String host, @Nullable Integer port) {
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[\\w.-]+)(?::(\\d{1,5}))?");
    private static final Pattern URL = Pattern.compile("(https?)://([^/?#]*).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

    /** From a {@code Host} header; empty if it is invalid. */
    static @Nullable Authority ofHost(String header) {
        return parse(null, header);
    }

    /** From an {@code Origin} or {@code Referer}; empty if it is not a web address, such as {@code null}. */
    static @Nullable Authority ofUrl(String header) {
        Matcher url = URL.matcher(header);
        return url.matches() ? parse(url.group(1).toLowerCase(Locale.ROOT), url.group(2)) : null;
    }

    /** The address if the host is an address, not a name; without a DNS query. */
    @Nullable
    InetAddress address() {
        return address(host);
    }

    /** Whether a page with this address was loaded from the given {@code Host}, with the page's scheme. */
    boolean isOf(Authority hostHeader) {
        return host.equals(hostHeader.host) && portOf(this) == portOf(hostHeader);
    }

    private int portOf(Authority other) {
        Integer said = other.port;
        return said != null ? said : "https".equals(scheme) ? 443 : 80;
    }

    private static @Nullable Authority parse(@Nullable String scheme, String text) {
        Matcher parts = HOST.matcher(text.strip());
        if (!parts.matches()) {
            return null;
        }
        String host = parts.group(1).toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            InetAddress address = address(host.substring(1, host.length() - 1));
            if (address == null) {
                return null;
            }
            host = address.getHostAddress();
        } else if (host.length() > 1 && host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        return new Authority(scheme, host, parts.group(2) == null ? null : Integer.valueOf(parts.group(2)));
    }

    private static @Nullable InetAddress address(String host) {
        if (!host.contains(":") && !ADDRESS.matcher(host).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
