package io.lipdrop.sync;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What results say about their origin.
 *
 * @param producer name or code of who provides this service, the {@code ContentProducer} of GB 45438-2025; by default the program's name,
 *     since the program does not know who runs it
 */
@ConfigurationProperties("lipdrop.marking")
record MarkingSettings(@DefaultValue("Lipdrop") String producer) {
    private static final int MAX_LENGTH = 200;

    MarkingSettings {
        producer = producer.strip();
        if (producer.isEmpty()
                || producer.length() > MAX_LENGTH
                || producer.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "lipdrop.marking.producer must be a name of 1 to %d characters in one line".formatted(MAX_LENGTH));
        }
    }
}
