package io.lipdrop.sync.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.job.Outcome.MouthCheck;
import io.lipdrop.job.Outcome.MouthCheck.Verdict;
import io.lipdrop.sync.voice.Envelope;
import io.lipdrop.sync.voice.MouthTrack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of mouths that are right and of mouths that are not. */
class FindingsTest {
    private static final Envelope.Found IN_TIME = new Envelope.Found(0, 0.99);
    private static final double SECONDS = 6;

    @TempDir
    Path folder;

    @Test
    void aMouthThatDoesWhatIsAskedIsRight() throws IOException {
        MouthTrack asked = track(FindingsTest::talk);
        MouthCheck check = check(asked, t -> 0.04 + 0.7 * talk(t), IN_TIME);

        assertThat(check.verdict()).isEqualTo(Verdict.OK);
        assertThat(check.r()).isGreaterThan(0.97);
        assertThat(check.lagMs()).isZero();
        assertThat(check.silentMotionShare()).isZero();
        assertThat(check.note()).isNull();
    }

    @Test
    void aMouthThatIsLateOrEarlyIsDoubtful() throws IOException {
        MouthTrack asked = track(FindingsTest::talk);
        MouthCheck late = check(asked, t -> talk(t - 0.2), IN_TIME);
        MouthCheck early = check(asked, t -> talk(t + 0.2), IN_TIME);

        assertThat(late.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(Objects.requireNonNull(late.lagMs()).doubleValue()).isCloseTo(200, within(20.0));
        assertThat(late.note()).contains("later");
        assertThat(Objects.requireNonNull(early.lagMs()).doubleValue()).isCloseTo(-200, within(20.0));
        assertThat(early.note()).contains("earlier");
    }

    @Test
    void aSoundThatIsLateIsAMouthThatIsEarly() throws IOException {
        MouthCheck check = check(track(FindingsTest::talk), FindingsTest::talk, new Envelope.Found(0.2, 0.99));

        assertThat(check.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(check.lagMs()).isEqualTo(-200);
        // Both late by as much are in time.
        MouthCheck both = check(track(FindingsTest::talk), t -> talk(t - 0.2), new Envelope.Found(0.2, 0.99));
        assertThat(both.verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aFrozenMouthAndOneThatTalksOfSomethingElseAreDoubtful() throws IOException {
        MouthTrack asked = track(FindingsTest::talk);
        Random noise = new Random(1);

        assertThat(check(asked, t -> 0.03 + 0.001 * noise.nextGaussian(), IN_TIME)
                        .note())
                .contains("hardly moves");
        assertThat(check(asked, t -> Math.abs(0.1 * Math.sin(41.7 * t + 1)), IN_TIME)
                        .note())
                .contains("does not follow");
    }

    @Test
    void aMouthThatMovesInSilenceIsDoubtful() throws IOException {
        MouthCheck check = check(track(FindingsTest::talk), t -> talk(t) + 0.04 * Math.sin(20 * t), IN_TIME);

        assertThat(check.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(check.silentMotionShare()).isGreaterThan(0.5);
        assertThat(check.note()).contains("rests");
    }

    @Test
    void anotherSoundIsDoubtful() throws IOException {
        MouthCheck check = check(track(FindingsTest::talk), FindingsTest::talk, new Envelope.Found(0.3, 0.2));

        assertThat(check.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(check.note()).contains("not the voice");
        assertThat(check.lagMs()).isZero();
    }

    @Test
    void saysNothingWhereThereIsNothingToSee() throws IOException {
        Looks few = new Looks(track(FindingsTest::talk));
        few.beginWindow();
        for (int i = 0; i < 40; i++) {
            if (i % 3 == 0) {
                few.add(i * 0.08, 0.1);
            } else {
                few.addNothing();
            }
        }
        assertThat(Findings.of(few, IN_TIME, 3, 0.1).verdict()).isEqualTo(Verdict.SKIPPED);

        // A hum that asks for a mouth that is a little open and never rests.
        MouthCheck hum = check(track(t -> 0.05), t -> 0.05, IN_TIME);
        assertThat(hum.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(hum.r()).isNull();
        assertThat(Findings.of(new Looks(track(t -> 0)), IN_TIME, 0, 0).verdict())
                .isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void aSilentVoiceAsksForAMouthAtRest() throws IOException {
        assertThat(check(track(t -> 0), t -> 0.02, IN_TIME).verdict()).isEqualTo(Verdict.OK);
        assertThat(check(track(t -> 0), t -> 0.1 * Math.sin(30 * t), IN_TIME).verdict())
                .isEqualTo(Verdict.WARNING);
    }

    /** Three seconds of talk, then a rest, then talk. */
    private static double talk(double t) {
        boolean rests = t < 0 || (t > 3 && t < 4.5);
        return rests ? 0 : 0.1 * Math.abs(Math.sin(7 * t) * Math.sin(2.3 * t + 0.4));
    }

    private static MouthCheck check(MouthTrack asked, DoubleUnaryOperator seen, Envelope.Found sound) {
        Looks looks = new Looks(asked);
        looks.beginWindow();
        for (double t = 0; t < SECONDS; t += 0.08) {
            looks.add(t, seen.applyAsDouble(t));
        }
        return Findings.of(looks, sound, SECONDS, 0.1);
    }

    private MouthTrack track(DoubleUnaryOperator opening) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(((int) (SECONDS * 100)) * 5 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < SECONDS * 100; i++) {
            bytes.putFloat((float) opening.applyAsDouble(i / 100.0));
            for (int other = 1; other < 5; other++) {
                bytes.putFloat(0);
            }
        }
        return MouthTrack.read(Files.write(folder.resolve("mouth.f32"), bytes.array()));
    }
}
