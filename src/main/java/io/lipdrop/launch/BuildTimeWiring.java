package io.lipdrop.launch;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.aot.AotDetector;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ClassUtils;

/**
 * Starts with the beans that the build has wired (Spring's AOT step), unless somebody has given settings of Spring that may ask for
 * other beans. {@code -Dspring.aot.enabled=} decides otherwise.
 */
public final class BuildTimeWiring implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {
    private static final String WIRED = "__ApplicationContextInitializer";

    /** Settings that begin so can switch parts of Spring on or off. */
    private static final List<String> SWITCHES = List.of("spring.", "management.");

    /** Those that cannot. */
    private static final List<String> NO_SWITCHES =
            List.of("spring.aot.", "spring.config.", "spring.profiles.", "spring.application.", "spring.output.");

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        Class<?> main = event.getSpringApplication().getMainApplicationClass();
        boolean isWired = main != null && ClassUtils.isPresent(main.getName() + WIRED, main.getClassLoader());
        if (isWired
                && SpringProperties.getProperty(AotDetector.AOT_ENABLED) == null
                && mayBeUsed(event.getEnvironment())) {
            SpringProperties.setFlag(AotDetector.AOT_ENABLED);
        }
    }

    /** Whether no setting asks for other beans than those of the build. */
    static boolean mayBeUsed(ConfigurableEnvironment environment) {
        return !Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)
                && environment.getPropertySources().stream()
                        .filter(source -> !source.getName().contains("class path resource"))
                        .noneMatch(BuildTimeWiring::switchesBeans);
    }

    private static boolean switchesBeans(PropertySource<?> source) {
        return source instanceof EnumerablePropertySource<?> settings
                && Arrays.stream(settings.getPropertyNames())
                        .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '.'))
                        .anyMatch(name -> SWITCHES.stream().anyMatch(name::startsWith)
                                && NO_SWITCHES.stream().noneMatch(name::startsWith));
    }
}
