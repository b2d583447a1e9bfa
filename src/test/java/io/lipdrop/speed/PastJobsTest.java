package io.lipdrop.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.home.Folders;
import io.lipdrop.job.Job;
import io.lipdrop.job.Job.Preflight;
import io.lipdrop.job.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PastJobsTest {
    private static final long SMALL = 360 * 288;
    private static final int HD_WIDTH = 1280;
    private static final int HD_HEIGHT = 720;

    @TempDir
    Path home;

    @Test
    void saysNothingBeforeTheFirstJob() {
        Preflight known = preflight(false, 750L);

        assertThat(past().estimated(job("auto"), known)).isSameAs(known);
    }

    @Test
    void saysNothingOfAResultWhoseLengthNobodyKnows() {
        PastJobs past = past();
        past.add(drawn("auto", "warp", SMALL, 750, 5));

        assertThat(past.estimated(job("auto"), preflight(false, null)).estimateSeconds())
                .isNull();
    }

    @Test
    void isRoughBeforeFiveJobs() {
        PastJobs past = past();
        for (int job = 1; job <= 5; job++) {
            past.add(drawn("auto", "warp", HD_WIDTH * HD_HEIGHT, 750, 12));
            Preflight estimated = past.estimated(job("auto"), preflight(false, 1500L));
            assertThat(estimated.roughEstimate()).isEqualTo(job < 5);
            assertThat(estimated.estimateSeconds()).isBetween(24L, 28L);
        }
    }

    @Test
    void knowsFromClipsOfOtherSizesAndLengths() {
        // Measured: six clips of 30 s on two shared cores, then the time for the largest.
        PastJobs past = past();
        past.add(new PastJob("auto", "warp", "cpu", false, 576 * 768, 750, 5.3, 8.9));
        past.add(new PastJob("auto", "warp", "cpu", false, 720 * 720, 750, 2.0, 11.8));
        past.add(new PastJob("auto", "warp", "cpu", false, SMALL, 750, 0.7, 4.1));
        past.add(new PastJob("auto", "warp", "cpu", false, SMALL, 750, 0.6, 4.3));
        past.add(new PastJob("auto", "warp", "cpu", false, SMALL, 75, 0.6, 0.5));

        Preflight estimated = past.estimated(job("auto"), preflight(false, 1500L));
        assertThat(estimated.roughEstimate()).isFalse();
        assertThat(estimated.estimateSeconds()).isBetween(22L, 40L);
    }

    @Test
    void oneJobThatWasHeldUpDoesNotMatter() {
        PastJobs past = past();
        for (int job = 0; job < 6; job++) {
            past.add(drawn("auto", "warp", HD_WIDTH * HD_HEIGHT, 750, job == 3 ? 900 : 10));
        }
        assertThat(past.estimated(job("auto"), preflight(false, 750L)).estimateSeconds())
                .isBetween(10L, 13L);
    }

    @Test
    void anotherEngineOrAnImageIsAnotherMatter() {
        PastJobs past = past();
        for (int job = 0; job < 6; job++) {
            past.add(drawn("auto", "warp", HD_WIDTH * HD_HEIGHT, 750, 10));
        }
        assertThat(past.estimated(job("wav2lip"), preflight(false, 750L)).roughEstimate())
                .isTrue();
        assertThat(past.estimated(job("auto"), preflight(true, 750L)).roughEstimate())
                .isTrue();

        past.add(drawn("auto", "wav2lip", HD_WIDTH * HD_HEIGHT, 750, 80)); // a network was put into models/
        Preflight estimated = past.estimated(job("auto"), preflight(false, 750L));
        assertThat(estimated.estimateSeconds()).isBetween(80L, 85L);
        assertThat(estimated.roughEstimate()).isTrue();
    }

    @Test
    void whatItKnowsOutlivesTheProcess() {
        PastJobs past = past();
        for (int job = 0; job < 100; job++) {
            past.add(drawn("auto", "warp", HD_WIDTH * HD_HEIGHT, 750, job < 50 ? 100 : 10));
        }

        Preflight estimated = past().estimated(job("auto"), preflight(false, 750L));
        assertThat(estimated.estimateSeconds()).isBetween(10L, 13L);
        assertThat(estimated.roughEstimate()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "null",
                "{\"jobs\": [null, {}, {\"asked\": \"auto\", \"engine\": \"warp\", \"pixels\": 0, \"frames\": -1}]}",
                "{\"jobs\": [{\"asked\": \"auto\", \"engine\": \"warp\", \"pixels\": 9, \"frames\": 9, \"frameSeconds\": \"NaN\"}]}",
                "\u0000\u0000\u0000\u0000"
            })
    void beginsAnewWhereItsDocumentIsNone(String document) throws IOException {
        Files.createDirectories(home.resolve("work"));
        Files.writeString(home.resolve("work/past-jobs.json"), document);
        PastJobs past = past();
        assertThat(past.estimated(job("auto"), preflight(false, 750L)).estimateSeconds())
                .isNull();

        past.add(drawn("auto", "warp", HD_WIDTH * HD_HEIGHT, 750, 10));

        assertThat(past().estimated(job("auto"), preflight(false, 750L)).estimateSeconds())
                .isNotNull();
    }

    @Test
    void aFolderThatCannotBeWrittenCostsNothing() throws IOException {
        Files.writeString(home.resolve("work"), "a file in the place of the folder");
        PastJobs past = past();

        past.add(drawn("auto", "warp", HD_WIDTH * HD_HEIGHT, 750, 10));

        assertThat(past.estimated(job("auto"), preflight(false, 750L)).estimateSeconds())
                .isNotNull();
    }

    @Test
    void senselessTimesAreNotKept() {
        PastJobs past = past();
        past.add(drawn("auto", "warp", SMALL, 750, 0));
        past.add(drawn("auto", "warp", SMALL, 750, Double.NaN));
        past.add(drawn("auto", "warp", 0, 750, 10));
        past.add(drawn("auto", "warp", SMALL, 0, 10));

        assertThat(past.estimated(job("auto"), preflight(false, 750L)).estimateSeconds())
                .isNull();
    }

    private PastJobs past() {
        return new PastJobs(new Folders(home, home, home, home, home, home, home.resolve("work")));
    }

    private static PastJob drawn(String asked, String engine, long pixels, long frames, double seconds) {
        return new PastJob(asked, engine, "cpu", false, pixels, frames, 2, seconds);
    }

    private static Preflight preflight(boolean still, @Nullable Long frames) {
        return new Preflight(HD_WIDTH, HD_HEIGHT, still, 10, 1, 200, 5, null, frames, null, null, null);
    }

    private static Job job(String engine) {
        Options options = new Options(engine, null, null, null, null, null, null).over(Options.DEFAULTS);
        Path file = Path.of("a");
        return new Job("a-01", "a", "a", "a", file, "a", file, options, 4, 1, 0, Instant.EPOCH);
    }
}
