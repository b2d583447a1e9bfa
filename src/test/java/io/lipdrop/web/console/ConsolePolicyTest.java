package io.lipdrop.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jolokia.server.core.util.RequestType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class ConsolePolicyTest {
    private static final String CONTEXT = "org.apache.camel:context=lipdrop,type=context,name=\"lipdrop\"";

    private final ConsolePolicy policy = new ConsolePolicy();

    @BeforeEach
    void anOperatorAsks() {
        logIn("ROLE_OPERATOR");
    }

    @AfterEach
    void nobodyAsks() {
        SecurityContextHolder.clearContext();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org.apache.camel:context=lipdrop,type=routes,name=\"queue\" | dumpRouteAsXml()",
                "org.apache.camel:context=lipdrop,type=routes,name=\"queue\" | dumpRouteStatsAsXml(boolean,boolean)",
                "org.apache.camel:context=lipdrop,type=services,name=DefaultInflightRepository | browse()",
                CONTEXT + " | dumpRoutesAsXml()",
                CONTEXT + " | dumpRoutesStatsAsXml(boolean,boolean)",
                "io.lipdrop:type=Queue | explain(java.lang.String)"
            })
    void everybodyMayLook(String bean, String operation) throws Exception {
        assertThat(allows(bean, operation)).isTrue();
        logIn("ROLE_VIEWER");
        assertThat(allows(bean, operation)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org.apache.camel:context=lipdrop,type=routes,name=\"queue\" | start()",
                "org.apache.camel:context=lipdrop,type=routes,name=\"queue\" | stop()",
                "org.apache.camel:context=lipdrop,type=routes,name=\"queue\" | stop(long)",
                "io.lipdrop:type=Queue | pause()",
                "io.lipdrop:type=Queue | resume",
                "io.lipdrop:type=Queue | cancel(java.lang.String)",
                "io.lipdrop:type=Queue | retry(java.lang.String)",
                "io.lipdrop:type=Queue | setPriority(java.lang.String,int)",
                "io.lipdrop:type=Worker,name=1 | cancel()"
            })
    void onlyOperatorsSteer(String bean, String operation) throws Exception {
        assertThat(allows(bean, operation)).isTrue();
        logIn("ROLE_VIEWER");
        assertThat(allows(bean, operation)).isFalse();
        SecurityContextHolder.clearContext();
        assertThat(allows(bean, operation)).isFalse();
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
                CONTEXT + " | dumpRoutesAsXml(boolean)",
                CONTEXT + " | dumpRoutesAsYaml( boolean , boolean )",
                "org.apache.camel:context=lipdrop,type=routes,name=\"queue\" | dumpRouteAsXml(boolean)",
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                CONTEXT,
                "io.lipdrop:type=Queue",
                "hawtio:type=security,name=RBACRegistry",
                "quartz:type=QuartzScheduler,name=x,instance=y",
                "java.lang:type=Memory",
                "java.lang:type=MemoryPool,name=Eden",
                "java.lang:type=GarbageCollector,name=G1",
                "java.lang:type=Threading",
                "java.lang:type=Runtime",
                "java.lang:type=OperatingSystem"
            })
    void whatBelongsToLipdropAndTheLoadOfTheMachineCanBeRead(String bean) throws Exception {
        assertThat(policy.isAttributeReadAllowed(new ObjectName(bean), "State")).isTrue();
        assertThat(policy.isObjectNameHidden(new ObjectName(bean))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.sun.management:type=HotSpotDiagnostic",
                "com.sun.management:type=DiagnosticCommand",
                "jdk.management.jfr:type=FlightRecorder",
                "java.util.logging:type=Logging",
                "java.nio:type=BufferPool,name=direct",
                "java.lang:type=ClassLoading",
                "java.lang:type=Compilation",
                "java.lang:name=Memory",
                "JMImplementation:type=MBeanServerDelegate",
                "ch.qos.logback.classic:Name=default,Type=x",
                "jolokia:type=Config,agent=x",
                "metrics:name=x,type=gauges",
                "Tomcat:type=Manager,context=/,host=localhost",
                "org.springframework.boot:type=Admin,name=SpringApplication",
                "org.springframework.boot:type=Endpoint,name=Env",
                "java.lang.evil:type=Memory",
                "io.lipdrop.evil:type=Queue"
            })
    void allElseLooksAsIfItWereNotThere(String bean) throws Exception {
        assertThat(policy.isAttributeReadAllowed(new ObjectName(bean), "x")).isFalse();
        assertThat(policy.isObjectNameHidden(new ObjectName(bean))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SystemProperties", "InputArguments", "ClassPath", "BootClassPath", "LibraryPath"})
    void theCommandLineAndThePropertiesStayUnread(String attribute) throws Exception {
        assertThat(policy.isAttributeReadAllowed(new ObjectName("java.lang:type=Runtime"), attribute))
                .isFalse();
    }

    @Test
    void nothingIsSetAndNothingElseIsAsked() throws Exception {
        assertThat(policy.isAttributeWriteAllowed(new ObjectName(CONTEXT), "Tracing"))
                .isFalse();
        assertThat(policy.isTypeAllowed(RequestType.WRITE)).isFalse();
        assertThat(policy.isTypeAllowed(RequestType.NOTIFICATION)).isFalse();
        assertThat(policy.isTypeAllowed(RequestType.CONFIG)).isFalse();
        assertThat(policy.isTypeAllowed(RequestType.READ)).isTrue();
    }

    private static void logIn(String role) {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("anna", null, role));
    }

    private boolean allows(String bean, String operation) throws MalformedObjectNameException {
        return policy.isOperationAllowed(new ObjectName(bean), operation);
    }
}
