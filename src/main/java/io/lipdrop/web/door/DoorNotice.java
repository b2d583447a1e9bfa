package io.lipdrop.web.door;

import java.net.InetAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Logs at the start what other machines can reach, and where the console is. */
@Component
@ConditionalOnWebApplication
class DoorNotice {
    private static final Logger log = LoggerFactory.getLogger(DoorNotice.class);

    private final Exposure exposure;
    private final KnownHosts hosts;
    private final Pages pages;

    DoorNotice(Exposure exposure, KnownHosts hosts, Pages pages) {
        this.exposure = exposure;
        this.hosts = hosts;
        this.pages = pages;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (!(event.getApplicationContext() instanceof WebServerApplicationContext web) || web.getWebServer() == null) {
            return;
        }
        if (exposure.isConsoleOn()) {
            log.info(
                    "Routes and metrics: http://127.0.0.1:{}{}",
                    event.getApplicationContext()
                            .getEnvironment()
                            .getProperty(
                                    "local.management.port",
                                    Integer.toString(web.getWebServer().getPort())),
                    pages.pathOf("hawtio"));
        }
        List<String> addresses =
                exposure.onNetwork().stream().map(InetAddress::getHostAddress).toList();
        if (!addresses.isEmpty()) {
            log.warn(
                    "OPEN TO OTHER MACHINES WITHOUT A LOGIN at {} (server.address, management.server.address): {}. Accepted host names: this "
                            + "machine's addresses, {}; others with --lipdrop.hosts=NAME,NAME",
                    String.join(", ", addresses),
                    whatIsOpen(),
                    String.join(", ", hosts.names()));
        }
    }

    private String whatIsOpen() {
        if (!exposure.isConsoleOnNetwork()) {
            return "all requests are refused; health, metrics and console are on a port that only this machine can reach";
        }
        return exposure.isConsoleOn()
                ? "everyone on the network can read health, metrics and, with Hawtio and Jolokia, the names of all jobs and folders, "
                        + "and start and stop the routes (lipdrop.console.open-without-login is true)"
                : "everyone on the network can read health and metrics. Hawtio and Jolokia are off; "
                        + "--lipdrop.console.open-without-login=true opens them too";
    }
}
