package io.lipdrop.web.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lipdrop.launch.CannotStart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file whose first line is a password, as container systems hand out secrets. */
record PasswordFile(Path file) {
    private static final int SHORT = 8;
    private static final int MAX_LENGTH = 1000;

    /** The first line; read once, so that it can be a pipe too. */
    Password read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8))) {
            char[] start = new char[MAX_LENGTH + 1];
            int length = 0;
            for (int read = lines.read(start); read > 0 && length < start.length; ) {
                length += read;
                read = length < start.length ? lines.read(start, length, start.length - length) : 0;
            }
            String text = new String(start, 0, length);
            String line = (text.startsWith("\uFEFF") ? text.substring(1) : text).split("[\\r\\n]", 2)[0];
            if (line.isBlank() || line.length() > MAX_LENGTH) {
                throw refusal(line.isBlank() ? "its first line is empty" : "its first line is no password", null);
            }
            return new Password.Plain(line);
        } catch (IOException e) {
            throw refusal(Files.exists(file) ? "it cannot be read" : "it is not there", e);
        }
    }

    /** What is wrong with the file, and no reason to refuse. */
    Optional<String> warning(Password password) {
        if (password instanceof Password.Plain plain && plain.text().length() < SHORT) {
            return Optional.of(
                    "The password in %s is short: choose one of at least %d letters.".formatted(file, SHORT));
        }
        try {
            return Files.isRegularFile(file)
                            && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
                    ? Optional.of("Every user of this machine can read the password in %s: chmod o-rwx".formatted(file))
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty(); // Windows has other permissions
        }
    }

    private CannotStart refusal(String why, @Nullable Throwable cause) {
        return new CannotStart(
                "Lipdrop does not start: lipdrop.password-file is %s, but %s.%nIts first line has to be the password of the operator lipdrop."
                        .formatted(file, why),
                cause);
    }
}
