package io.lipdrop.startup;

import io.lipdrop.files.NameEncoding;
import io.lipdrop.home.Folders;
import io.lipdrop.home.ResultFolders;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The first lines that a person sees: where to drop, where to look. */
@Component
class Welcome {
    private static final Logger log = LoggerFactory.getLogger(Welcome.class);

    private final Folders folders;
    private final ResultFolders results;

    Welcome(Folders folders, ResultFolders results) {
        this.folders = folders;
        this.results = results;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        if (!NameEncoding.isUnicode()) {
            log.warn("Files with other characters in their names cannot be used: {}", NameEncoding.advice());
        }
        log.info("Lipdrop is ready. Drop into {}, collect from {}", folders.inbox(), folders.outbox());
        try {
            results.require();
        } catch (IOException e) {
            log.warn("Results cannot be delivered; the queue is waiting: {}", e.getMessage());
        }
    }
}
