package io.lipdrop.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jolokia.server.core.util.RequestType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsolePolicyTest {
    private static final String CONTEXT = "org.apache.camel:context=lipdrop,type=context,name=\"lipdrop\"";

    private final ConsolePolicy policy = new ConsolePolicy();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "routes,name=\"queue\" | start()",
                "routes,name=\"queue\" | stop()",
                "routes,name=\"queue\" | stop(long)",
                "routes,name=\"queue\" | dumpRouteAsXml(boolean)",
                "services,name=DefaultInflightRepository | browse()",
                "context,name=\"lipdrop\" | dumpRoutesAsXml()",
                "context,name=\"lipdrop\" | dumpRoutesStatsAsXml(boolean,boolean)"
            })
    void routesMayBeDrawnStartedAndStopped(String bean, String operation) throws Exception {
        assertThat(allows("org.apache.camel:context=lipdrop,type=" + bean, operation))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                CONTEXT + " | sendStringBody",
                CONTEXT + " | sendBody(java.lang.String,java.lang.Object)",
                CONTEXT + " | requestBody",
                CONTEXT + " | createEndpoint",
                CONTEXT + " | removeEndpoints",
                CONTEXT + " | addOrUpdateRoutesFromXml",
                CONTEXT + " | stop()",
                CONTEXT + " | start()",
                CONTEXT + " | restart()",
                CONTEXT + " | (dumpRoutesAsXml",
                "org.apache.camel:context=lipdrop,type=routes,name=\"queue\" | remove()",
                "org.apache.camel:context=lipdrop,type=routes,name=\"queue\" | updateRouteFromXml(java.lang.String)",
                "org.apache.camel:context=lipdrop,type=routes,name=\"queue\" | stopAndFail()",
                "org.apache.camel:context=lipdrop,type=routes,name=* | stop()",
                "org.apache.camel:context=lipdrop,type=consumers,name=x | stop()",
                "org.apache.camel:context=lipdrop,type=tracer,name=BacklogTracer | dumpAllTracedMessages",
                "org.apache.camel:context=lipdrop,type=services,name=DefaultShutdownStrategy | stop()",
                "hawtio:type=QuartzFacade | updateCronTrigger",
                "hawtio:type=security,name=RBACRegistry | setList",
                "quartz:type=QuartzScheduler,name=x,instance=y | shutdown()",
                "quartz:type=QuartzScheduler,name=x,instance=y | getTriggerStateAndMore",
                "org.apache.camel:context=lipdrop,type=endpoints,name=x | browse()",
                "com.sun.management:type=HotSpotDiagnostic | dumpHeap",
                "com.sun.management:type=DiagnosticCommand | vmSystemProperties",
                "com.sun.management:type=DiagnosticCommand | jvmtiAgentLoad",
                "jdk.management.jfr:type=FlightRecorder | copyTo",
                "java.util.logging:type=Logging | setLoggerLevel",
                "java.lang:type=Memory | gc",
                "java.lang:type=Threading | dumpAllThreads",
                "JMImplementation:type=MBeanServerDelegate | x",
                "jolokia:type=Config,agent=x | resetHistoryEntries",
                "org.springframework.boot:type=Endpoint,name=Shutdown | shutdown"
            })
    void nothingElseMayBeDone(String bean, String operation) throws Exception {
        assertThat(allows(bean, operation)).isFalse();
    }

    @Test
    void everythingButTheInsidesOfJavaMayBeLookedAt() throws Exception {
        assertThat(policy.isAttributeReadAllowed(new ObjectName(CONTEXT), "State"))
                .isTrue();
        assertThat(policy.isAttributeReadAllowed(new ObjectName("java.lang:type=Memory"), "HeapMemoryUsage"))
                .isTrue();
        for (String hidden : new String[] {
            "com.sun.management:type=HotSpotDiagnostic",
            "jdk.management.jfr:type=FlightRecorder",
            "java.util.logging:type=Logging"
        }) {
            assertThat(policy.isAttributeReadAllowed(new ObjectName(hidden), "x"))
                    .isFalse();
            assertThat(policy.isObjectNameHidden(new ObjectName(hidden))).isTrue();
        }
        assertThat(policy.isAttributeWriteAllowed(new ObjectName(CONTEXT), "Tracing"))
                .isFalse();
        assertThat(policy.isTypeAllowed(RequestType.WRITE)).isFalse();
        assertThat(policy.isTypeAllowed(RequestType.NOTIFICATION)).isFalse();
        assertThat(policy.isTypeAllowed(RequestType.CONFIG)).isFalse();
        assertThat(policy.isTypeAllowed(RequestType.READ)).isTrue();
    }

    private boolean allows(String bean, String operation) throws MalformedObjectNameException {
        return policy.isOperationAllowed(new ObjectName(bean), operation);
    }
}
