package io.lipdrop;

import io.lipdrop.launch.BuildTimeWiring;
import io.lipdrop.launch.CannotStart;
import io.lipdrop.launch.Credentials;
import io.lipdrop.launch.Install;
import io.lipdrop.launch.QuickLoading;
import io.lipdrop.startup.UnicodeLocale;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Start here. How a drop is processed: {@code intake} takes it out of the inbox when its files no longer change;
 * {@code validation} opens and checks every file; {@code queue} keeps one document per job and starts the next job when a
 * worker is free; {@code sync} makes the video; {@code delivery} moves it to the outbox, or a report to the error folder;
 * {@code operations} has health and metrics. The order of the stages is defined only in the folder {@code routes/}.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class LipdropApplication {
    public static void main(String[] args) {
        OptionalInt ended = UnicodeLocale.runElsewhere(LipdropApplication.class, args);
        if (ended.isPresent()) {
            System.exit(ended.getAsInt());
        }
        Optional<Integer> done = Install.run(args).or(() -> Credentials.run(args));
        if (done.isPresent()) {
            System.exit(done.get());
        }
        if (QuickLoading.runs(LipdropApplication.class, args)) {
            return;
        }
        try {
            SpringApplication application = new SpringApplication(LipdropApplication.class);
            application.addListeners(new BuildTimeWiring());
            application.run(args);
        } catch (CannotStart e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
