package io.lipdrop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
public class LipdropApplication {
    public static void main(String[] args) {
        SpringApplication.run(LipdropApplication.class, args);
    }
}
