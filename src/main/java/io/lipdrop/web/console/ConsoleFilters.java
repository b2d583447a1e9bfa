package io.lipdrop.web.console;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * The console's filter, after the check for foreign pages. If the actuator has its own port ({@code
 * management.server.port}), Spring registers this class for both servers.
 */
@ConditionalOnWebApplication
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ConsoleFilters {
    /** By servlet name, so that neither another spelling of the path nor an internal forward avoids it. */
    @Bean
    FilterRegistrationBean<JolokiaGate> jolokiaByPost(JolokiaGate gate) {
        FilterRegistrationBean<JolokiaGate> registration = new FilterRegistrationBean<>(gate);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        registration.addServletNames("jolokia");
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return registration;
    }
}
