package io.lipdrop.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @Test
    void keepsAStemAsThePersonWroteIt() {
        assertThat(Names.stem("第一课 “新” 😀.tar.mp4")).isEqualTo("第一课 “新” 😀.tar");
        assertThat(Names.stem("sub/teacher.mp4")).isEqualTo("teacher");
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

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Intro ,Intro_",
                "Intro.,Intro_",
                "Intro . .,Intro____",
                "...,___",
                "' ',_",
                "'',_",
                ".hidden,_hidden",
                "CON,CON_",
                "con,con_",
                "Com1,Com1_",
                "lpt9.part,lpt9_.part",
                "aux .part,aux_ .part",
                "CONIN$,CONIN$_",
                "COM¹,COM¹_",
                "a<b>c:d\"e|f?g*h\\i/j,a_b_c_d_e_f_g_h_i_j",
                "@eaDir,@eaDir_",
                "lost+found,lost+found_",
            })
    void becomesFitForAnyShare(String name, String fit) {
        assertThat(Names.fit(name)).isEqualTo(fit);
        assertThat(Names.fit(fit)).isEqualTo(fit);
    }

    @Test
    void whatCannotBeSeenOrTurnsTheWritingIsReplaced() {
        assertThat(Names.fit("a\nb\tc\0d\u007f\u0085")).isEqualTo("a_b_c_d__");
        assertThat(Names.fit("abc\u202Egpj\u2066\u200B\uFEFF\uD800x")).isEqualTo("abc_gpj____x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "第一课",
                "Ämter & Öl",
                "two words and  more",
                "smile 😀 family 👨\u200D👩\u200D👧",
                "CONcert",
                "a.b",
                "#1 Welcome",
                "@Anna",
                "it's $HOME {{x}} 100%",
                " leading",
                "नमस्ते",
                "می\u200Cخواهم",
                "e\u0301"
            })
    void anOrdinaryNameStaysAsItIs(String name) {
        assertThat(Names.fit(name)).isEqualTo(name);
    }

    @Test
    void anExtensionIsShort() {
        assertThat(Names.stem("a.mp4 ") + Names.extension("a.mp4 ")).isEqualTo("a.mp4_");
        assertThat(Names.stem("1. What is a noun? And a verb")).isEqualTo("1. What is a noun_ And a verb");
        assertThat(Names.extension("1. What is a noun? And a verb")).isEmpty();
    }

    @Test
    void namesMeetWithoutCaseAndInEveryUnicodeForm() {
        TakenNames names = new TakenNames(List.of("Lösung", "STRASSE", "ΣΑΣ"));

        assertThat(List.of("Lo\u0308sung", "LÖSUNG", "strasse", "σας")).allMatch(names::has);
        assertThat(names.has("straße")).isFalse();
        assertThat(names.free("lösung", ".mp4")).isEqualTo("lösung.mp4");
        assertThat(names.free("LÖSUNG", ".MP4")).isEqualTo("LÖSUNG-2.MP4");
    }

    @Test
    void givesJobsIdsThatNoRouteMisreads() {
        assertThat(Names.jobId("lesson", 3)).isEqualTo("lesson-03");
        assertThat(Names.jobId("第一课", 1)).isEqualTo("第一课-01");
        assertThat(Names.jobId("a ${b}/c", 1)).matches("[\\w.-]+");
        assertThat(Names.jobId("a b", 1)).isNotEqualTo(Names.jobId("a_b", 1));
        String id = Names.jobId("a b", 1);
        assertThat(Names.jobId(id.substring(0, id.length() - 3), 1)).isNotEqualTo(id);
    }
}
