package io.lipdrop.web.download;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** The header {@code Content-Disposition} of RFC 6266: the name in ASCII for old clients, and as it is (RFC 5987) for the others. */
final class Disposition {
    private static final String PLAIN_IN_5987 = "!#$&+-.^_`|~";

    private Disposition() {}

    static String of(boolean isInline, String name) {
        return (isInline ? "inline" : "attachment")
                + "; filename=\""
                + ascii(name)
                + "\"; filename*=UTF-8''"
                + encoded(name);
    }

    private static String ascii(String name) {
        StringBuilder ascii = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFD).codePoints().forEach(symbol -> {
            boolean isPlain = symbol >= ' ' && symbol < 0x7f && "\"\\%".indexOf(symbol) < 0;
            if (Character.getType(symbol) != Character.NON_SPACING_MARK) {
                ascii.append(isPlain ? (char) symbol : '_');
            }
        });
        return ascii.toString();
    }

    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte unit : name.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = (unit >= 'a' && unit <= 'z')
                    || (unit >= 'A' && unit <= 'Z')
                    || (unit >= '0' && unit <= '9')
                    || PLAIN_IN_5987.indexOf(unit) >= 0;
            encoded.append(isPlain ? String.valueOf((char) unit) : "%%%02X".formatted(unit & 0xff));
        }
        return encoded.toString();
    }
}
