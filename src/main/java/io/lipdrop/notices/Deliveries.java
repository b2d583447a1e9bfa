package io.lipdrop.notices;

import io.lipdrop.stage.GrowingPause;
import io.lipdrop.stage.Uptime;
import java.io.File;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What the routes in {@code routes/notices.camel.yaml} ask: which notice is due, and what becomes of it when it was sent or not.
 * The oldest of a channel is tried until it is accepted or put aside, with pauses that grow; the others wait behind it.
 */
@Component
public class Deliveries implements GenericFileFilter<File> {
    static final int MAX_REFUSALS = 20;
    static final Duration MAX_AGE = Duration.ofDays(1);
    static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private static final int GONE = 410;

    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

    private final NoticeFolder notices;
    private final Clock clock;
    private final Uptime uptime;
    private final Map<Channel, GrowingPause> pauses = new EnumMap<>(Channel.class);

    Deliveries(NoticeFolder notices, Clock clock, Uptime uptime) {
        this.notices = notices;
        this.clock = clock;
        this.uptime = uptime;
    }

    /** One notice on its way. */
    public record Delivery(String file, Channel channel, Notice notice) {}

    /** Whether the channel of this document may be tried now. */
    @Override
    public synchronized boolean accept(GenericFile<File> file) {
        return Channel.of(file.getFileNameOnly())
                .map(channel -> pause(channel).isOver())
                .orElse(false);
    }

    /** A try begins: if nothing more is heard of it, the next one comes after a pause. Nothing where it is no notice. */
    public synchronized @Nullable Delivery begin(File document) throws IOException {
        String name = document.getName();
        Channel channel = Channel.of(name).orElseThrow();
        pause(channel).begin();
        Optional<Notice> notice = notices.read(name);
        if (notice.isEmpty()) {
            log.warn("{} in work/notices is not a notice; it is moved to {}", name, notices.aside());
            pause(channel).reset();
            return null;
        }
        return new Delivery(name, channel, notice.get());
    }

    /** It was accepted. */
    public synchronized void accepted(Delivery delivery) throws IOException {
        notices.delete(delivery.file);
        pause(delivery.channel).reset();
    }

    /** A web server has answered with this status. */
    public void answered(Delivery delivery, int status) throws IOException {
        if (status >= 200 && status < 300) {
            accepted(delivery);
        } else if (status == GONE) {
            putAside(delivery, delivery.notice.refused("the webhook says that it is gone (410)"));
        } else {
            refused(delivery, "the webhook answered " + status);
        }
    }

    /** It could not be sent: a server refused it, or was not reached. Nothing is known of one that cannot be read now: it is tried again. */
    public void failed(@Nullable Delivery delivery, Exception error) throws IOException {
        String why = error.getClass().getSimpleName() + ": " + error.getMessage();
        if (delivery == null) {
            log.warn("A notice cannot be read: {}. It is tried again", why);
            return;
        }
        if (isRefusal(error)) {
            refused(delivery, why);
        } else {
            keep(delivery, delivery.notice.troubled(why));
        }
    }

    private void refused(Delivery delivery, String why) throws IOException {
        keep(delivery, delivery.notice.refused(why));
    }

    private synchronized void keep(Delivery delivery, Notice notice) throws IOException {
        boolean isOld = !notice.timestamp().plus(MAX_AGE).isAfter(clock.instant());
        if (isOld || notice.refusals() >= MAX_REFUSALS) {
            putAside(delivery, notice);
            return;
        }
        if (delivery.notice.trouble() == null) {
            log.warn(
                    "A notice ({}) was not accepted by {}: {}. It is tried again, up to a day",
                    notice.type(),
                    delivery.channel.label(),
                    notice.trouble());
        }
        notices.rewrite(delivery.file, notice);
    }

    private synchronized void putAside(Delivery delivery, Notice notice) throws IOException {
        notices.rewrite(delivery.file, notice);
        notices.putAside(delivery.file);
        pause(delivery.channel).reset();
        log.warn(
                "A notice ({}) is not sent by {} any more: {}. It is in {}; move it back to send it",
                notice.type(),
                delivery.channel.label(),
                notice.trouble(),
                notices.aside());
    }

    /** Whether a mail server has said no; its classes are not loaded where no mail is sent. */
    private static boolean isRefusal(@Nullable Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String name = cause.getClass().getName();
            if (name.equals("jakarta.mail.SendFailedException")
                    || name.equals("jakarta.mail.AuthenticationFailedException")
                    || name.endsWith(".SMTPSendFailedException")) {
                return true;
            }
        }
        return false;
    }

    private GrowingPause pause(Channel channel) {
        return pauses.computeIfAbsent(channel, its -> new GrowingPause(uptime, FIRST_PAUSE, LONGEST_PAUSE));
    }
}
