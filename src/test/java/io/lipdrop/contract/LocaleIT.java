package io.lipdrop.contract;

import static io.lipdrop.contract.RunningLipdrop.namesIn;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A machine whose locale has no Unicode. */
class LocaleIT {
    private RunningLipdrop lipdrop;

    @AfterEach
    void end() {
        if (lipdrop != null) {
            lipdrop.close();
        }
    }

    @Test
    void inALocaleWithoutUnicodeFilesOfAnyNameAreTaken() {
        lipdrop = RunningLipdrop.start(RunningLipdrop.freshHome("locale"), "env:LC_ALL=C");
        Drop.named("第一课")
                .voice("王.ogg", TestMedia.voice())
                .video("Müller.mp4", TestMedia.face())
                .into(lipdrop.inbox());

        lipdrop.awaitState("第一课", "done");
        assertThat(lipdrop.outbox("第一课").resolve("Müller.mp4")).exists();

        lipdrop.terminate();
        assertThat(lipdrop.waitForExit()).isEqualTo(143);
        assertThat(namesIn(lipdrop.home().resolve("tmp"))).as("an orderly end").isEmpty();
    }

    /** As it is where Lipdrop cannot start itself again: with a debugger, or where that locale is missing. */
    @Test
    void whatCannotBeReadInThisLocaleIsToldOnceAndHoldsUpNoOther() {
        lipdrop = RunningLipdrop.start(
                RunningLipdrop.freshHome("locale"),
                "env:LC_ALL=C",
                "env:LIPDROP_STARTED_BY=" + ProcessHandle.current().pid());
        Drop.simple("王").into(lipdrop.inbox().resolve("other"));
        Drop.named("names-it")
                .voice("names-it.ogg", TestMedia.voice())
                .video("Müller.mp4", TestMedia.face())
                .into(lipdrop.inbox().resolve("names"));
        Drop.simple("plain").into(lipdrop.inbox());

        lipdrop.awaitState("plain", "done");

        assertThat(lipdrop.health().path("status").asText()).isEqualTo("DOWN");
        assertThat(lipdrop.health().toString()).contains("LC_ALL=C.UTF-8");
        assertThat(lipdrop.log().lines().filter(line -> line.contains("LC_ALL=C.UTF-8")))
                .as("at the start, for each file, and for the drop that waits for one")
                .hasSizeLessThanOrEqualTo(4);
        assertThat(namesIn(lipdrop.home().resolve("error"))).isEmpty();
    }
}
