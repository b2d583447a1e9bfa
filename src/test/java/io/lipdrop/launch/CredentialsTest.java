package io.lipdrop.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class CredentialsTest {
    @Test
    void aHashIsOfThePasswordInOneWayOfWritingIt() {
        String hash = Credentials.hash("Gru\u0308ße 你好");

        assertThat(new BCryptPasswordEncoder().matches("Grüße 你好", hash)).isTrue();
        assertThat(hash).startsWith("$2a$10$").isNotEqualTo(Credentials.hash("Grüße 你好"));
    }

    @Test
    void aPasswordThatBcryptWouldCutIsRefused() {
        assertThat(Credentials.hash("x".repeat(72))).hasSize(60);
        assertThatThrownBy(() -> Credentials.hash("x".repeat(73))).hasMessageContaining("72 bytes");
        assertThatThrownBy(() -> Credentials.hash("好".repeat(25))).hasMessageContaining("72 bytes");
        assertThatThrownBy(() -> Credentials.hash("")).hasMessageContaining("no password");
    }

    @Test
    void aNewTokenComesWithItsLineForTheSettings() {
        Matcher printed = Pattern.compile(
                        "(?s).*program: (lipdrop_[\\w-]{43})\\R.*\\{name: 'Anna''s script', role: viewer, sha256: (\\w{64})}\\R")
                .matcher(output("--new-token", "Anna's script", "viewer"));

        assertThat(printed.matches()).isTrue();
        assertThat(HexFormat.of().formatHex(Credentials.sha256(printed.group(1).getBytes(UTF_8))))
                .isEqualTo(printed.group(2));
    }

    @Test
    void whatIsMissingIsSaid() {
        for (String[] words : new String[][] {{"--new-token"}, {"--new-token", "x"}, {"--new-token", "x", "root"}}) {
            assertThat(Credentials.run(words)).hasValue(1);
        }
        assertThat(Credentials.run("--lipdrop.home=x")).isEqualTo(Optional.empty());
    }

    private static String output(String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, UTF_8));
        try {
            assertThat(Credentials.run(arguments)).hasValue(0);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(UTF_8);
    }
}
