package io.lipdrop.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lipdrop.job.Job;
import io.lipdrop.job.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkingTest {
    @ParameterizedTest
    @ValueSource(strings = {"课程 \"一\"-01", "a=b;c#d\\e-01", "Zürich 🎬-01", "\u202eevil-01"})
    void survivesAnyNameAsPlainAscii(String id) throws IOException {
        String entry = Objects.requireNonNull(
                marking(id, false, "工作室 \"王\" \\ Ü").metadata().get("AIGC"));

        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(entry)).isTrue();
        assertThat(entry.chars()).noneMatch(Character::isISOControl);
        JsonNode read = new ObjectMapper().readTree(entry);
        assertThat(read.path("ProduceID").asText()).isEqualTo(id);
        assertThat(read.path("ContentProducer").asText()).isEqualTo("工作室 \"王\" \\ Ü");
    }

    @Test
    void leavesToPlatformsWhatIsTheirs() throws IOException {
        JsonNode read = new ObjectMapper()
                .readTree(marking("a-01", false, "Lipdrop").metadata().get("AIGC"));

        assertThat(read.path("Label").asText()).isEqualTo("1");
        for (String theirs : new String[] {"ReservedCode1", "ContentPropagator", "PropagateID", "ReservedCode2"}) {
            assertThat(read.path(theirs).asText("missing")).isEmpty();
        }
    }

    @Test
    void tellsWhetherThereIsALabel() {
        assertThat(marking("a-01", true, "Lipdrop").visible()).isTrue();
        assertThat(marking("a-01", false, "Lipdrop").visible()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two\nlines", "a\u0000b"})
    void refusesAProducerThatIsNoName(String producer) {
        assertThatThrownBy(() -> new MarkingSettings(producer)).hasMessageContaining("lipdrop.marking.producer");
        assertThatThrownBy(() -> new MarkingSettings("x".repeat(201))).hasMessageContaining("200");
    }

    private static Marking marking(String id, boolean label, String producer) {
        Options options = new Options(null, null, null, null, null, label, null).over(Options.DEFAULTS);
        Path file = Path.of("a");
        Job job = new Job(id, "a", "a", "a", file, "a", file, options, 4, 1, 0, Instant.EPOCH);
        return Marking.of(job, new MarkingSettings(producer));
    }
}
