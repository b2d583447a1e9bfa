package io.lipdrop.notices;

import io.lipdrop.notices.Deliveries.Delivery;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.springframework.stereotype.Component;

/** A notice as a mail: plain text. */
@Component
public class MailMessage {
    private final NoticeSettings settings;
    private final MailText text;

    MailMessage(NoticeSettings settings, MailText text) {
        this.settings = settings;
        this.text = text;
    }

    /** Makes the message the mail. */
    public void write(Message message) throws InvalidPayloadException {
        Notice notice = message.getMandatoryBody(Delivery.class).notice();
        String to = String.valueOf(settings.mail().to());
        String from = settings.mail().from();
        message.removeHeaders("*");
        message.setBody(text.body(notice));
        message.setHeader("To", to);
        message.setHeader("From", from == null ? to.split(",", 2)[0].strip() : from);
        message.setHeader("Subject", onOneLine(text.subject(notice)));
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=UTF-8");
        message.setHeader("X-Lipdrop-Notice", notice.id());
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no answers from robots
    }

    /** A header ends with its line, and who names a batch must not write headers. */
    private static String onOneLine(String subject) {
        return subject.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+", " ");
    }
}
