package io.lipdrop.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.home.Folders;
import io.lipdrop.job.Job;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.CustomEditorConfigurer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class PlainPathEditorTest {
    @Test
    void takesRelativePathsAsTheyAreWrittenAlsoWhereTheClasspathHasTheSameName() {
        String classpath = Job.class.getPackageName().replace('.', '/'); // a folder that exists there
        new WebApplicationContextRunner()
                .withUserConfiguration(Settings.class)
                .withPropertyValues(
                        "lipdrop.home=.",
                        "lipdrop.inbox=./inbox",
                        "lipdrop.outbox=../out box",
                        "lipdrop.error=/srv/error",
                        "lipdrop.models=" + classpath,
                        "lipdrop.library=file:/srv/library",
                        "lipdrop.work=work")
                .run(context -> {
                    Folders folders = context.getBean(Folders.class);
                    Path here = Path.of("").toAbsolutePath();
                    assertThat(folders.home()).isEqualTo(here);
                    assertThat(folders.inbox()).isEqualTo(here.resolve("inbox"));
                    assertThat(folders.outbox()).isEqualTo(here.resolveSibling("out box"));
                    assertThat(folders.error()).isEqualTo(Path.of("/srv/error").toAbsolutePath());
                    assertThat(folders.models()).isEqualTo(here.resolve(classpath));
                    assertThat(folders.library())
                            .isEqualTo(Path.of("/srv/library").toAbsolutePath());
                    assertThat(folders.work()).isEqualTo(here.resolve("work"));
                });
    }

    @Configuration
    @EnableConfigurationProperties(Folders.class)
    static class Settings {
        @Bean
        static CustomEditorConfigurer plainPaths() {
            return Startup.plainPaths();
        }
    }
}
