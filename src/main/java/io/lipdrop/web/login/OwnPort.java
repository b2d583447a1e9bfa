package io.lipdrop.web.login;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.server.AbstractServletWebServerFactory;
import org.springframework.boot.web.servlet.server.Session;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * The actuator's own server, where it has one ({@code management.server.port}), has the same door and sessions of its own: a cookie of its
 * own keeps the two from ending each other's.
 */
@ConditionalOnWebApplication
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class OwnPort {
    @Bean
    WebServerFactoryCustomizer<AbstractServletWebServerFactory> ownCookie(
            ApplicationContext context, @Value("${management.server.port:}") String port) {
        return server -> {
            if (context.getParent() != null) { // this class is registered for both servers
                Session shared = server.getSession();
                Session own = new Session();
                own.setTimeout(shared.getTimeout());
                own.setTrackingModes(shared.getTrackingModes());
                own.getCookie().setName("lipdrop-actuator-" + port);
                own.getCookie().setHttpOnly(shared.getCookie().getHttpOnly());
                own.getCookie().setSameSite(shared.getCookie().getSameSite());
                own.getCookie().setSecure(shared.getCookie().getSecure());
                server.setSession(own);
            }
        };
    }
}
