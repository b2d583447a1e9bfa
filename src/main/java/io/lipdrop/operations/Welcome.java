package io.lipdrop.operations;

import io.lipdrop.files.NameEncoding;
import io.lipdrop.job.Folders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The first lines that a person sees: where to drop, where to look. */
@Component
class Welcome {
    private static final Logger log = LoggerFactory.getLogger(Welcome.class);

    private final Folders folders;

    Welcome(Folders folders) {
        this.folders = folders;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (!NameEncoding.isUnicode()) {
            log.warn("Files with other letters in their names cannot be taken: {}", NameEncoding.advice());
        }
        log.info("Lipdrop is ready. Drop into {}, collect from {}", folders.inbox(), folders.outbox());
        if (event.getApplicationContext() instanceof WebServerApplicationContext web && web.getWebServer() != null) {
            log.info(
                    "Routes and metrics: http://127.0.0.1:{}/actuator/hawtio",
                    web.getWebServer().getPort());
        }
    }
}
