package io.lipdrop.notices;

import io.lipdrop.stage.Uptime;
import io.lipdrop.status.QueueStatus;
import io.lipdrop.status.StatusEvent;
import io.lipdrop.status.StatusEvent.Looked;
import io.lipdrop.status.StatusEvent.QueueChanged;
import io.lipdrop.status.StatusListener;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes a notice when the queue has waited for more than a minute with work in it, once each time that it waits. */
@Component
class WaitingQueue implements StatusListener {
    private static final Logger log = LoggerFactory.getLogger(WaitingQueue.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Set<Channel> channels;
    private final NoticeFolder notices;
    private final Clock clock;
    private final Uptime uptime;
    private @Nullable QueueStatus queue;
    private @Nullable Duration since;
    private boolean isTold;

    WaitingQueue(NoticeSettings settings, NoticeFolder notices, Clock clock, Uptime uptime) {
        this.channels = settings.channels();
        this.notices = notices;
        this.clock = clock;
        this.uptime = uptime;
    }

    @Override
    public void hear(StatusEvent event) {
        if (event instanceof QueueChanged changed) {
            queue = changed.queue();
        } else if (event instanceof Looked && queue != null && !channels.isEmpty()) {
            look(queue);
        }
    }

    private void look(QueueStatus now) {
        boolean isStuck = now.state() == QueueStatus.State.WAITING && !now.isMeantToWait() && now.queued() > 0;
        if (!isStuck) {
            since = null;
            isTold = false;
        } else if (since == null) {
            since = uptime.now();
        } else if (!isTold && uptime.now().minus(since).compareTo(PATIENCE) >= 0) {
            tell(now);
        }
    }

    private void tell(QueueStatus now) {
        Instant at = clock.instant();
        try {
            notices.write(Notice.of(Notice.QUEUE_WAITING, at.toString(), at, now), channels);
            isTold = true;
        } catch (IOException e) {
            log.debug("Tried again in a second", e); // a full disk, most likely: what it would tell
        }
    }
}
