package io.lipdrop.notices;

import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.util.Properties;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** What the routes send with; made with the first notice. */
@Configuration(proxyBeanMethods = false)
class NoticeClients {
    private static final String CONNECT_MILLIS = "10000";
    private static final String ANSWER_MILLIS = "30000";

    /** Tries again are ours: the client's own would follow {@code Retry-After} in the route's thread. */
    @Bean
    @Lazy
    static HttpClientConfigurer plainRequests() {
        return client ->
                client.disableAutomaticRetries().disableCookieManagement().disableRedirectHandling();
    }

    @Bean
    @Lazy
    static Session noticeMail(NoticeSettings settings) {
        NoticeSettings.Mail mail = settings.mail();
        String protocol = mail.isTls() ? "smtps" : "smtp";
        String prefix = "mail." + protocol + ".";
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol", protocol);
        properties.setProperty("mail.transport.protocol.rfc822", protocol);
        properties.setProperty(prefix + "host", mail.host());
        properties.setProperty(prefix + "port", Integer.toString(mail.port()));
        properties.setProperty(prefix + "auth", Boolean.toString(mail.username() != null));
        properties.setProperty(prefix + "starttls.enable", Boolean.toString(mail.isStartTlsUsed()));
        properties.setProperty(prefix + "starttls.required", Boolean.toString(mail.isStartTlsRequired()));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "connectiontimeout", CONNECT_MILLIS);
        properties.setProperty(prefix + "timeout", ANSWER_MILLIS);
        properties.setProperty(prefix + "writetimeout", ANSWER_MILLIS);
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(mail.username(), mail.password());
            }
        });
    }
}
