package io.lipdrop.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which folder the inbox is now: while a share is away it is another one, whose missing files mean nothing. Not thread-safe. */
final class InboxIdentity {
    private static final Logger log = LoggerFactory.getLogger(InboxIdentity.class);

    private final Path inbox;
    private @Nullable Object seen;
    private boolean isAway;

    InboxIdentity(Path inbox) {
        this.inbox = inbox;
    }

    /** A manifest is just being looked at in it. */
    void see() {
        seen = now();
    }

    /** Whether it is the folder in which manifests were seen last; logs when it goes and comes back. */
    boolean isAsSeen() {
        Object now = now();
        if (isAway != (now == null)) {
            isAway = now == null;
            log.warn("The inbox {} {}", inbox, isAway ? "cannot be read; intake is waiting" : "is available again");
        }
        return now != null && now.equals(seen);
    }

    /** Identity of the current inbox folder; null if it cannot be read. */
    private @Nullable Object now() {
        if (!Files.isDirectory(inbox) || !Files.isReadable(inbox)) {
            return null;
        }
        try {
            Object key = Files.readAttributes(inbox, BasicFileAttributes.class).fileKey();
            return key != null ? key : inbox;
        } catch (IOException e) {
            return null;
        }
    }
}
