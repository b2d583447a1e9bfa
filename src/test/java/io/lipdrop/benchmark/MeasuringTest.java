package io.lipdrop.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.benchmark.Moments.Moment;
import io.lipdrop.sync.voice.MouthShape;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuringTest {
    @Test
    void readsCpuTimesPastAnyProcessName() {
        List<String> fields = Processes.fieldsOfStat("42 (a) b (c) S 1 42 42 0 -1 4194304 9 8 7 6 150 25 300 75 20 0");

        assertThat(fields.get(0)).isEqualTo("S");
        assertThat(fields.subList(11, 15)).containsExactly("150", "25", "300", "75");
    }

    @Test
    void readsMomentsFromTheLog() {
        AppLog log = AppLog.of(List.of(
                "2026-11-22T00:15:17.284Z INFO  [Camel - file] i.l.intake.Intake - two: taken from the inbox, 2 video(s)",
                "java.io.IOException: something - else",
                "\tat io.lipdrop.Some.where(Some.java:1)",
                "2026-11-22T01:15:18.034+01:00 INFO  [main] i.l.o.LiveProgress - two-01: loading the models"));

        assertThat(log.lines()).hasSize(2);
        assertThat(AppLog.seconds(log.taken("two"), log.started("two", 1))).isCloseTo(0.75, within(1e-9));
    }

    @Test
    void readsHowBusyACardIsWhereItTells() {
        assertThat(CardLoad.percent("37")).hasValue(37);
        assertThat(CardLoad.percent("[N/A]")).isEmpty();
        assertThat(CardLoad.percent("No devices were found")).isEmpty();
    }

    @Test
    void centresLoudnessOnTheFrameItBelongsTo() {
        short[] samples = new short[16_000];
        java.util.Arrays.fill(samples, 10 * 640 - 320, 10 * 640 + 320, (short) 1000);

        double[] loudness = Envelope.of(ShortBuffer.wrap(samples));

        assertThat(loudness).hasSize(25);
        assertThat(loudness[10]).isGreaterThan(loudness[9]);
        assertThat(loudness[9]).isCloseTo(loudness[11], within(1e-9));
    }

    @Test
    void choosesMomentsByWhatTheVoiceAsks() {
        List<MouthShape> shapes = List.of(
                new MouthShape(0.05f, 0.1f, 0, 0, 0),
                MouthShape.REST,
                new MouthShape(0.3f, 0, 0, 0, 0),
                new MouthShape(0, 0, 1, 0, 0),
                new MouthShape(0.06f, -0.2f, 0, 0, 0.9f),
                new MouthShape(0.01f, -0.25f, 0, 0.5f, 0));
        List<Moment> frames = new ArrayList<>();
        for (MouthShape shape : shapes) {
            frames.add(new Moment("", frames.size(), shape));
        }

        assertThat(Moments.choose(frames))
                .extracting(moment -> moment.name() + " " + moment.frame())
                .contains("silence 1", "wide open 2", "rounded 4", "spread 0", "pressed 3", "tucked 5", "teeth 4");
    }
}
