package io.lipdrop.notices;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A way to tell others. Each has documents of its own, so that one that is refused holds up no other. */
enum Channel {
    WEBHOOK,
    MAIL,
    /** A route that the owner wrote. */
    OWN;

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the names of its documents end with. */
    String suffix() {
        return "." + label() + ".json";
    }

    /** Whose document this is, by its name. */
    static Optional<Channel> of(String file) {
        return Arrays.stream(values())
                .filter(channel -> file.endsWith(channel.suffix()))
                .findFirst();
    }
}
