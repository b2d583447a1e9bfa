package io.lipdrop;

import io.lipdrop.startup.HomeUnusable;
import io.lipdrop.startup.UnicodeLocale;
import java.util.OptionalInt;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Start here. A drop's journey: {@code intake} takes it out of the inbox when its files have settled; {@code validation}
 * opens every file; {@code queue} holds one document a job and lets the next begin when a worker is free; {@code sync} makes the video;
 * {@code delivery} brings it to the outbox, or the reason to error; {@code operations} tells how it all goes. The order
 * of the stages is written in the top-level folder {@code routes/} and nowhere else.
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
        try {
            SpringApplication.run(LipdropApplication.class, args);
        } catch (HomeUnusable e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
