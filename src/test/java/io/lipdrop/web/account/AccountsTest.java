package io.lipdrop.web.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.launch.CannotStart;
import io.lipdrop.web.account.Accounts.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder.BCryptVersion;

class AccountsTest {
    @TempDir
    Path folder;

    private final MockEnvironment settings = new MockEnvironment().withProperty("server.address", "127.0.0.1");

    @Test
    void onThisMachineALoginIsAChoice() {
        assertThat(LoginCheck.accounts(settings).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void whoOpensItToOtherMachinesIsToldHowToMakeALogin(String address) throws IOException {
        settings.setProperty("server.address", address);
        assertThatThrownBy(() -> LoginCheck.accounts(settings))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("server.address")
                .hasMessageContaining("--lipdrop.password-file")
                .satisfies(error ->
                        assertThat(String.valueOf(error.getMessage()).lines()).hasSize(2));

        settings.setProperty("lipdrop.password-file", file("secret\n"));
        assertThat(LoginCheck.accounts(settings).person("lipdrop", "secret"))
                .hasValue(new Account("lipdrop", Role.OPERATOR));
    }

    @Test
    void theActuatorsOwnPortCountsToo() {
        settings.setProperty("server.port", "8080");
        settings.setProperty("management.server.port", "8081");
        assertThatThrownBy(() -> LoginCheck.accounts(settings)).hasMessageContaining("management.server.address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Grüße aus Köln\n", "\uFEFFGrüße aus Köln\r\nmore", "Grüße aus Köln"})
    void thePasswordIsTheFirstLineOfItsFile(String content) throws IOException {
        Accounts accounts = new Accounts(new LoginSettings(List.of(), List.of(), file(content)));

        assertThat(accounts.person("lipdrop", "Grüße aus Köln")).isPresent();
        assertThat(accounts.person("lipdrop", Normalizer.normalize("Grüße aus Köln", Normalizer.Form.NFD)))
                .isPresent();
        assertThat(accounts.person("lipdrop", "Grüße aus Köln\r")).isEmpty();
        assertThat(accounts.person("lipdrop", "")).isEmpty();
        assertThat(accounts.person("anna", "Grüße aus Köln")).isEmpty();
    }

    @Test
    void aPasswordFileThatHasNoneIsNamed() throws IOException {
        for (String content : List.of("", "\n", "  \nsecret", "x".repeat(2000))) {
            assertThatThrownBy(() -> new Accounts(new LoginSettings(List.of(), List.of(), file(content))))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("password-file");
        }
        assertThatThrownBy(() -> new Accounts(new LoginSettings(
                        List.of(), List.of(), folder.resolve("none").toString())))
                .hasMessageContaining("it is not there");
        assertThatThrownBy(() -> new Accounts(new LoginSettings(List.of(), List.of(), folder.toString())))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void aPasswordThatEverybodyCanReadIsWarnedOf() throws IOException {
        Path file = Path.of(file("long enough\n"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(new Accounts(new LoginSettings(List.of(), List.of(), file.toString())).warnings())
                .singleElement()
                .asString()
                .contains("chmod");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(new Accounts(new LoginSettings(List.of(), List.of(), file.toString())).warnings())
                .isEmpty();
    }

    @Test
    void hashesOfOtherProgramsAreGood() {
        for (BCryptVersion version : BCryptVersion.values()) {
            String hash = new BCryptPasswordEncoder(version, 4).encode("你好");
            for (String written : List.of(hash, "{bcrypt}" + hash, " " + hash)) {
                Accounts accounts = new Accounts(new LoginSettings(
                        List.of(new LoginSettings.User("Anna", Role.VIEWER, written)), List.of(), null));
                assertThat(accounts.person("Anna", "你好")).hasValue(new Account("Anna", Role.VIEWER));
                assertThat(accounts.person("Anna", "你好!")).isEmpty();
                assertThat(accounts.person("anna", "你好")).isEmpty();
            }
        }
    }

    @Test
    void aPasswordIsLookedAtToItsEnd() {
        String long72 = "x".repeat(72);
        String hash = new BCryptPasswordEncoder(4).encode(long72);
        Accounts accounts = new Accounts(
                new LoginSettings(List.of(new LoginSettings.User("anna", Role.VIEWER, hash)), List.of(), null));
        assertThat(accounts.person("anna", long72)).isPresent();
        assertThat(accounts.person("anna", long72 + "y")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$2a$10$",
                "a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
                "$2a$02$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"
            })
    void whatIsNoHashIsRefused(String hash) {
        assertThatThrownBy(() -> new Accounts(
                        new LoginSettings(List.of(new LoginSettings.User("anna", Role.VIEWER, hash)), List.of(), null)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContainingAll("anna", "--hash-password");
    }

    @Test
    void namesAreThereAndThereOnce() throws IOException {
        LoginSettings.User lipdrop =
                new LoginSettings.User("lipdrop", Role.VIEWER, new BCryptPasswordEncoder(4).encode("x"));
        assertThatThrownBy(() -> new Accounts(new LoginSettings(List.of(lipdrop), List.of(), file("secret"))))
                .hasMessageContaining("two users 'lipdrop'");
        LoginSettings.Token nameless = new LoginSettings.Token(" ", Role.VIEWER, "0".repeat(64));
        assertThatThrownBy(() -> new Accounts(new LoginSettings(List.of(), List.of(nameless), null)))
                .hasMessageContaining("lipdrop.tokens");
    }

    @Test
    void aTokenIsKnownByItsHash() {
        String sha256 = Accounts.sha256("lipdrop_x").toUpperCase(Locale.ROOT);
        Accounts accounts = new Accounts(
                new LoginSettings(List.of(), List.of(new LoginSettings.Token("ci", Role.OPERATOR, sha256)), ""));
        assertThat(accounts.program(Accounts.sha256("lipdrop_x"))).hasValue(new Account("ci", Role.OPERATOR));
        assertThat(accounts.program(Accounts.sha256("lipdrop_X"))).isEmpty();
        assertThat(accounts.isEmpty()).isFalse();
        assertThatThrownBy(() -> new Accounts(new LoginSettings(
                        List.of(), List.of(new LoginSettings.Token("ci", Role.OPERATOR, "abc")), null)))
                .hasMessageContainingAll("'ci'", "--new-token");
    }

    private String file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "password", ".txt"), content, UTF_8)
                .toString();
    }
}
