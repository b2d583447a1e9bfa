package io.lipdrop.web.console;

import io.lipdrop.web.door.Caller;
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
 * What the console may do: see Lipdrop, its routes and what Java says of memory, threads and load; an operator also starts and stops
 * routes and steers the queue. No messages sent, no endpoints created, no attributes set, no heap dumps, no classes loaded, no system
 * properties and command lines, which may hold secrets.
 */
@Component
@ConditionalOnWebApplication
class ConsolePolicy implements Restrictor {
    static final Set<RequestType> TYPES =
            Set.of(RequestType.VERSION, RequestType.LIST, RequestType.SEARCH, RequestType.READ, RequestType.EXEC);

    /** What can be read; all else looks as if it were not there. */
    private static final Set<String> DOMAINS = Set.of("org.apache.camel", "io.lipdrop", "hawtio", "quartz");

    private static final String JAVA = "java.lang";
    private static final Set<String> JAVA_TYPES =
            Set.of("Memory", "MemoryPool", "GarbageCollector", "Threading", "Runtime", "OperatingSystem");

    /** Of {@code java.lang:type=Runtime}: what was said on the command line, and the environment's paths. */
    static final Set<String> SECRET =
            Set.of("SystemProperties", "InputArguments", "ClassPath", "BootClassPath", "LibraryPath");

    /** Operations that only read, by bean. */
    private static final Map<ObjectName, Pattern> READING = Map.ofEntries(
            of("io.lipdrop:type=Queue", "explain"),
            of("io.lipdrop:type=Worker,*", "explain"),
            of("org.apache.camel:type=routes,*", "dump\\w*"),
            of("org.apache.camel:type=context,*", "dump\\w*"),
            of("org.apache.camel:type=services,name=DefaultRuntimeEndpointRegistry,*", "endpointStatistics"),
            of("org.apache.camel:type=services,name=DefaultInflightRepository,*", "browse"),
            of("hawtio:type=security,name=RBACRegistry", "list"),
            of("hawtio:type=security,area=jmx,*", "canInvoke"),
            of("quartz:type=QuartzScheduler,*", "getTriggerState"),
            of("org.springframework.boot:type=Endpoint,name=Health", "health"),
            of("org.springframework.boot:type=Endpoint,name=Info", "info"));

    /** Routes with their placeholders resolved: passwords that stand in the environment. */
    private static final Pattern RESOLVING = Pattern.compile("dump(?!\\w*Stats).*\\(.*boolean.*");

    /** Operations for operators. */
    private static final Map<ObjectName, Pattern> STEERING = Map.ofEntries(
            of("io.lipdrop:type=Queue", "pause|resume|cancel|retry|setPriority"),
            of("io.lipdrop:type=Worker,*", "pause|resume|cancel|retry|setPriority"),
            of("org.apache.camel:type=routes,*", "start|stop"));

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
        boolean isJava = bean.getDomain().equals(JAVA);
        return isReadable(bean) && !(isJava && SECRET.contains(attribute));
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName bean, String attribute) {
        return false;
    }

    @Override
    public boolean isOperationAllowed(ObjectName bean, String operation) {
        String name = operation.replaceFirst("\\(.*", ""); // without its signature
        if (RESOLVING.matcher(operation).matches()) {
            return false;
        }
        return has(READING, bean, name) || (has(STEERING, bean, name) && Caller.isOperator());
    }

    @Override
    public boolean isObjectNameHidden(ObjectName bean) {
        return !isReadable(bean) && READING.keySet().stream().noneMatch(allowed -> allowed.apply(bean));
    }

    private static boolean isReadable(ObjectName bean) {
        return DOMAINS.contains(bean.getDomain())
                || (bean.getDomain().equals(JAVA) && JAVA_TYPES.contains(String.valueOf(bean.getKeyProperty("type"))));
    }

    private static boolean has(Map<ObjectName, Pattern> operations, ObjectName bean, String name) {
        return operations.entrySet().stream()
                .anyMatch(allowed -> allowed.getKey().apply(bean)
                        && allowed.getValue().matcher(name).matches());
    }

    @Override
    public boolean isRemoteAccessAllowed(String... hostsOrAddresses) {
        return true; // the login decides
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
