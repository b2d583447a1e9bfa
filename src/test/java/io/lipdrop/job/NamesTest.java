package io.lipdrop.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void keepsAStemAsThePersonWroteIt() {
        assertThat(Names.stem("第一课 “新” 😀.tar.mp4")).isEqualTo("第一课 “新” 😀.tar");
        assertThat(Names.stem("sub/teacher.mp4")).isEqualTo("teacher");
        assertThat(Names.stem(".hidden")).isEqualTo(".hidden");
        assertThat(Names.extension("sub.d/teacher")).isEmpty();
        assertThat(Names.extension("teacher.MP4")).isEqualTo(".MP4");
    }

    @Test
    void shortensWhatNoFileSystemWouldTake() {
        String a = Names.stem("课".repeat(83) + "a.mp4");
        String b = Names.stem("课".repeat(83) + "b.mp4");

        assertThat(a).isNotEqualTo(b);
        assertThat(a.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(180);
    }

    @Test
    void givesJobsIdsThatNoRouteMisreads() {
        assertThat(Names.jobId("lesson", 3)).isEqualTo("lesson-03");
        assertThat(Names.jobId("第一课", 1)).isEqualTo("第一课-01");
        assertThat(Names.jobId("a ${b}/c", 1)).matches("[\\w.-]+");
        assertThat(Names.jobId("a b", 1)).isNotEqualTo(Names.jobId("a_b", 1));
    }
}
