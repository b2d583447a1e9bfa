package io.lipdrop.web.console;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jolokia.server.core.request.JolokiaReadRequest;
import org.jolokia.server.core.request.JolokiaRequest;
import org.jolokia.server.core.service.request.AbstractRequestHandler;

/**
 * Answers who asks for all that Java's runtime says of itself, as Hawtio does, with what the {@link ConsolePolicy} allows of it; Jolokia
 * would refuse the whole. Registered in {@code META-INF/jolokia/services}.
 */
public final class RuntimeReads extends AbstractRequestHandler {
    /** Created by Jolokia. */
    public RuntimeReads(int order) {
        super("lipdrop-runtime", order);
    }

    @Override
    public boolean canHandle(JolokiaRequest request) {
        return request instanceof JolokiaReadRequest read
                && isOfAll(read)
                && read.getOption("target") == null
                && ManagementFactory.RUNTIME_MXBEAN_NAME.equals(read.getObjectNameAsString());
    }

    private static boolean isOfAll(JolokiaReadRequest read) {
        if (!read.isMultiAttributeMode()) {
            return read.getAttributeName() == null;
        }
        return read.getAttributeNames() == null || read.getAttributeNames().isEmpty();
    }

    @Override
    public <R extends JolokiaRequest> Object handleRequest(R request, Object previous) throws JMException {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName runtime = new ObjectName(ManagementFactory.RUNTIME_MXBEAN_NAME);
        String[] open = Arrays.stream(beans.getMBeanInfo(runtime).getAttributes())
                .map(MBeanAttributeInfo::getName)
                .filter(name -> !ConsolePolicy.SECRET.contains(name))
                .toArray(String[]::new);
        Map<String, Object> values = new TreeMap<>();
        for (Attribute value : beans.getAttributes(runtime, open).asList()) {
            values.put(value.getName(), value.getValue());
        }
        return values;
    }
}
