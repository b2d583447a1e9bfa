package io.lipdrop.web.console;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * The console's filters, in their order, after the check for foreign pages. If the actuator has its own port ({@code
 * management.server.port}), Spring registers this class for both servers.
 */
@ConditionalOnWebApplication
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ConsoleFilters {
    /** By servlet name, so that neither another spelling of the path nor an internal forward avoids it. */
    @Bean
    FilterRegistrationBean<JolokiaGate> jolokiaByPost(JolokiaGate gate) {
        FilterRegistrationBean<JolokiaGate> registration = before(gate, Ordered.HIGHEST_PRECEDENCE + 2);
        registration.addServletNames("jolokia");
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return registration;
    }

    private static <T extends Filter> FilterRegistrationBean<T> before(T filter, int order) {
        FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }
}
