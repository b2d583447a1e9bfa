package io.lipdrop.notices;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Notices that nobody has accepted are kept as long as the sources of finished batches: {@code lipdrop.archive.keep}. */
@Component
class NoticeRetention {
    private static final Logger log = LoggerFactory.getLogger(NoticeRetention.class);

    private final NoticeFolder notices;
    private final Duration keep;
    private final Clock clock;

    NoticeRetention(NoticeFolder notices, @Value("${lipdrop.archive.keep:7d}") Duration keep, Clock clock) {
        this.notices = notices;
        this.keep = keep;
        this.clock = clock;
    }

    /** Deletes those whose time is over. Not by a route: the file with the routes of notices belongs to the owner. */
    @Scheduled(initialDelay = 2, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void clean() throws IOException {
        int deleted = notices.deleteAsideBefore(clock.instant().minus(keep));
        if (deleted > 0) {
            log.info("{} notice(s) in {} deleted, kept for {} days", deleted, notices.aside(), keep.toDays());
        }
    }
}
