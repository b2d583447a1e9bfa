package io.lipdrop.web.login;

import io.lipdrop.web.account.Accounts;
import io.lipdrop.web.door.Exposure;
import io.lipdrop.web.door.KnownHosts;
import io.lipdrop.web.door.Pages;
import java.net.InetAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Logs at the start where the page and the console are, what other machines can reach, and who may log in. */
@Component
@ConditionalOnWebApplication
class DoorNotice {
    private static final Logger log = LoggerFactory.getLogger(DoorNotice.class);
    private static final String OLD = "lipdrop.console.open-without-login";

    private final Exposure exposure;
    private final KnownHosts hosts;
    private final Pages pages;
    private final Accounts accounts;

    DoorNotice(Exposure exposure, KnownHosts hosts, Pages pages, Accounts accounts) {
        this.exposure = exposure;
        this.hosts = hosts;
        this.pages = pages;
        this.accounts = accounts;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (!(event.getApplicationContext() instanceof WebServerApplicationContext web) || web.getWebServer() == null) {
            return;
        }
        Environment settings = event.getApplicationContext().getEnvironment();
        String port = Integer.toString(web.getWebServer().getPort());
        log.info(
                "Page: http://127.0.0.1:{}/ Routes: http://127.0.0.1:{}{}",
                port,
                settings.getProperty("local.management.port", port),
                pages.pathOf("hawtio"));
        if (!accounts.isEmpty()) {
            log.info("A login is needed. There are {}", accounts);
        }
        accounts.warnings().forEach(log::warn);
        List<String> addresses =
                exposure.onNetwork().stream().map(InetAddress::getHostAddress).toList();
        if (!addresses.isEmpty()) {
            log.info(
                    "Other machines reach Lipdrop at {}. Accepted host names: this machine's addresses, {}; others with --lipdrop.hosts=NAME,NAME",
                    String.join(", ", addresses),
                    String.join(", ", hosts.names()));
            if (!settings.getProperty(
                    "server.ssl.enabled",
                    Boolean.class,
                    settings.containsProperty("server.ssl.bundle")
                            || settings.containsProperty("server.ssl.key-store")
                            || settings.containsProperty("server.ssl.certificate"))) {
                log.warn(
                        "Passwords and tokens cross the network in clear text: see \"Open it to the network\" in docs/settings.md");
            }
        }
        if (settings.containsProperty(OLD)) {
            log.warn("The setting {} has no effect any more: the console is behind the login", OLD);
        }
    }
}
