package io.lipdrop.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallTest {
    @TempDir
    Path folder;

    @Test
    void isNotForOtherArguments() {
        assertThat(Install.run("--demo", "--lipdrop.home=/srv")).isEmpty();
    }

    @Test
    void needsTheJar() {
        assertThat(Install.run("--install=" + folder.resolve("new"))).contains(1);
        assertThat(folder.resolve("new")).doesNotExist();
    }

    /** With the jar that is not there the script ends at once; what Java says shows which options and files it got. */
    @Test
    void theProgramStartsFromAFolderOfAnyName() throws Exception {
        Path app = Files.createDirectories(folder.resolve("it's a \"$HOME\" folder"));
        Path program = Files.writeString(folder.resolve("lipdrop"), ClassArchive.script(app));

        Process process = new ProcessBuilder("sh", program.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(said.strip()).isEqualTo("Error: Unable to access jarfile " + app.resolve("lipdrop.jar"));
    }

    @Test
    void anotherJarOrJavaHasAnotherFingerprint() throws Exception {
        Path jar = Files.writeString(folder.resolve("a.jar"), "one");
        String one = Fingerprint.of(jar, "17.0.1");

        assertThat(Fingerprint.of(jar, "17.0.1")).isEqualTo(one).hasSize(12);
        assertThat(Fingerprint.of(jar, "17.0.2")).isNotEqualTo(one);
        assertThat(Fingerprint.of(Files.writeString(jar, "two"), "17.0.1")).isNotEqualTo(one);
    }
}
