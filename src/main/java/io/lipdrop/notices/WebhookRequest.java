package io.lipdrop.notices;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lipdrop.notices.Deliveries.Delivery;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * A notice as a request to the webhook, signed as <a href="https://www.standardwebhooks.com">Standard Webhooks</a> has it:
 * HMAC-SHA256 over {@code id.timestamp.body}.
 */
@Component
public class WebhookRequest {
    private static final Logger log = LoggerFactory.getLogger(WebhookRequest.class);

    private final @Nullable URI url;
    private final byte @Nullable [] key;
    private final Clock clock;

    WebhookRequest(NoticeSettings settings, Clock clock) {
        this.url = settings.webhook().url();
        this.key = settings.webhook().key();
        this.clock = clock;
        if (url != null && key == null) {
            log.warn("Requests to the webhook are not signed: set lipdrop.notify.webhook.secret");
        }
    }

    /** Makes the message the request. */
    public void write(Message message) throws IOException, InvalidPayloadException {
        Notice notice = message.getMandatoryBody(Delivery.class).notice();
        byte[] body = notice.body();
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        message.removeHeaders("*");
        message.setBody(body);
        message.setHeader(
                Exchange.HTTP_URI,
                Objects.requireNonNull(url, "lipdrop.notify.webhook.url").toString());
        message.setHeader(Exchange.HTTP_METHOD, "POST");
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setHeader("User-Agent", "Lipdrop");
        message.setHeader("webhook-id", notice.id());
        message.setHeader("webhook-timestamp", timestamp);
        if (key != null) {
            message.setHeader("webhook-signature", "v1," + signature(notice.id(), timestamp, body, key));
        }
    }

    static String signature(String id, String timestamp, byte[] body, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
