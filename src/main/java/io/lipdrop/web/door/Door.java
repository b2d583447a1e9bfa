package io.lipdrop.web.door;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * The filter before everything else. If the actuator has its own port ({@code management.server.port}),
 * Spring registers this class for both servers.
 */
@ConditionalOnWebApplication
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class Door {
    @Bean
    FilterRegistrationBean<SameOriginFilter> sameOrigin(SameOriginFilter filter) {
        FilterRegistrationBean<SameOriginFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }
}
