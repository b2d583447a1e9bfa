package io.lipdrop.notices;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is told when a batch ends; nobody by default.
 *
 * @param language of the mails: {@code en} or {@code zh}
 * @param own whether documents are written for a route that the owner wrote
 * @param webhook where to send requests
 * @param mail where to send mail
 */
@ConfigurationProperties("lipdrop.notify")
record NoticeSettings(
        @DefaultValue("en") String language,
        @DefaultValue("false") boolean own,
        @DefaultValue Webhook webhook,
        @DefaultValue Mail mail) {
    private static final String PREFIX = "whsec_";

    NoticeSettings {
        if (!Set.of("en", "zh").contains(language)) {
            throw new IllegalArgumentException("lipdrop.notify.language must be en or zh, is " + language);
        }
    }

    /**
     * The webhook.
     *
     * @param url none: no requests
     * @param secret key of the signature: any text, or {@code whsec_} and Base64
     */
    record Webhook(@Nullable URI url, @Nullable String secret) {
        Webhook {
            url = url == null || url.toString().isBlank() ? null : url;
            secret = blankToNull(secret);
            if (url != null
                    && (url.getHost() == null
                            || !String.valueOf(url.getScheme()).matches("https?"))) {
                throw new IllegalArgumentException("lipdrop.notify.webhook.url must be http(s)://host/…, is " + url);
            }
            if (secret != null) {
                key(secret);
            }
        }

        byte @Nullable [] key() {
            return secret == null ? null : key(secret);
        }

        private static byte[] key(String secret) {
            try {
                return secret.startsWith(PREFIX)
                        ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                        : secret.getBytes(StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("lipdrop.notify.webhook.secret: after whsec_ comes Base64", e);
            }
        }

        /** Without the secret, and without what is secret in a URL. */
        @Override
        public String toString() {
            return "Webhook[" + (url == null ? "" : url.getHost()) + "]";
        }
    }

    /**
     * Mail over SMTP.
     *
     * @param to addresses, divided by commas; none: no mail
     * @param from the sender's address; the first of {@code to} by default
     * @param host of the mail server
     * @param port of the mail server
     * @param username none: no login at the server
     * @param password its password
     * @param security {@code tls} from the first byte, {@code starttls}, or {@code none}; {@code auto}: {@code tls} on port 465;
     *     else {@code starttls} where the server offers it, and always where there is a password
     */
    record Mail(
            @Nullable String to,
            @Nullable String from,
            @DefaultValue("localhost") String host,
            @DefaultValue("25") int port,
            @Nullable String username,
            @Nullable String password,
            @DefaultValue("auto") String security) {
        Mail {
            to = blankToNull(to);
            from = blankToNull(from);
            username = blankToNull(username);
            if (!Set.of("auto", "tls", "starttls", "none").contains(security)) {
                throw new IllegalArgumentException(
                        "lipdrop.notify.mail.security must be auto, tls, starttls or none, is " + security);
            }
        }

        boolean isTls() {
            return security.equals("tls") || (security.equals("auto") && port == 465);
        }

        boolean isStartTlsUsed() {
            return !isTls() && !security.equals("none");
        }

        boolean isStartTlsRequired() {
            return isStartTlsUsed() && (security.equals("starttls") || username != null);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Mail[" + to + " by " + host + "]";
        }
    }

    /** Who is to be told. */
    Set<Channel> channels() {
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        if (webhook.url != null) {
            channels.add(Channel.WEBHOOK);
        }
        if (mail.to != null) {
            channels.add(Channel.MAIL);
        }
        if (own) {
            channels.add(Channel.OWN);
        }
        return channels;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
