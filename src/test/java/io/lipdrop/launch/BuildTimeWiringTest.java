package io.lipdrop.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class BuildTimeWiringTest {
    @ParameterizedTest(name = "{1} in {0}: {2}")
    @CsvSource({
        "commandLineArgs, lipdrop.home, true",
        "commandLineArgs, server.address, true",
        "commandLineArgs, spring.config.location, true",
        "commandLineArgs, management.server.port, false",
        "commandLineArgs, spring.main.web-application-type, false",
        "systemEnvironment, SPRING_AUTOCONFIGURE_EXCLUDE, false",
        "systemEnvironment, MANAGEMENT_ENDPOINT_HEALTH_ENABLED, false",
        "systemEnvironment, SPRING_PROFILES_ACTIVE, true",
        "Config resource 'file [config/application.yaml]', spring.main.lazy-initialization, false",
        "Config resource 'class path resource [application.yaml]', spring.main.banner-mode, true",
    })
    void givesWayToSettingsThatMayAskForOtherBeans(String source, String setting, boolean isUsed) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource(source, Map.of(setting, "x")));

        assertThat(BuildTimeWiring.mayBeUsed(environment)).isEqualTo(isUsed);
    }

    @Test
    void isUsedWithoutSettings() {
        assertThat(BuildTimeWiring.mayBeUsed(new StandardEnvironment())).isTrue();
    }
}
