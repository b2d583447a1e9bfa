package io.lipdrop.web.console;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/**
 * What the console may do: read everything except Java internals, and start and stop Lipdrop's routes. There is no login, so
 * the console must not allow more than access to the folders does: no messages sent, no endpoints created, no attributes set,
 * no heap dumps, no classes loaded.
 */
@Component
@ConditionalOnWebApplication
class ConsolePolicy implements Restrictor {
    static final Set<RequestType> TYPES =
            Set.of(RequestType.VERSION, RequestType.LIST, RequestType.SEARCH, RequestType.READ, RequestType.EXEC);

    /** Diagnostic commands, flight recordings and loggers: hidden. */
    private static final Set<String> HIDDEN =
            Set.of("com.sun.management", "jdk.management.jfr", "java.util.logging", "ch.qos.logback.classic");

    /** Allowed operations by bean. All except {@code start} and {@code stop} only read. */
    private static final Map<ObjectName, Pattern> OPERATIONS = Map.ofEntries(
            of("org.apache.camel:type=routes,*", "dump\\w*|start|stop"),
            of("org.apache.camel:type=context,*", "dump\\w*"),
            of("org.apache.camel:type=services,name=DefaultRuntimeEndpointRegistry,*", "endpointStatistics"),
            of("org.apache.camel:type=services,name=DefaultInflightRepository,*", "browse"),
            of("hawtio:type=security,name=RBACRegistry", "list"),
            of("hawtio:type=security,area=jmx,*", "canInvoke"),
            of("quartz:type=QuartzScheduler,*", "getTriggerState"),
            of("org.springframework.boot:type=Endpoint,name=Health", "health"),
            of("org.springframework.boot:type=Endpoint,name=Info", "info"));

    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return method == HttpMethod.POST || method == HttpMethod.GET; // JolokiaGate lets only the bare GET pass
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName bean, String attribute) {
        return !isObjectNameHidden(bean);
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName bean, String attribute) {
        return false;
    }

    @Override
    public boolean isOperationAllowed(ObjectName bean, String operation) {
        String name = operation.replaceFirst("\\(.*", ""); // without its signature
        return OPERATIONS.entrySet().stream()
                .anyMatch(allowed -> allowed.getKey().apply(bean)
                        && allowed.getValue().matcher(name).matches());
    }

    @Override
    public boolean isObjectNameHidden(ObjectName bean) {
        return HIDDEN.contains(bean.getDomain());
    }

    @Override
    public boolean isRemoteAccessAllowed(String... hostsOrAddresses) {
        return true; // server.address decides
    }

    @Override
    public boolean isOriginAllowed(String origin, boolean isStrictly) {
        return true; // SameOriginFilter has checked it
    }

    private static Map.Entry<ObjectName, Pattern> of(String beans, String names) {
        try {
            return Map.entry(new ObjectName(beans), Pattern.compile(names));
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(beans, e);
        }
    }
}
