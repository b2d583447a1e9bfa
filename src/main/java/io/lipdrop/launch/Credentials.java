package io.lipdrop.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * {@code java -jar lipdrop.jar --hash-password} and {@code --new-token NAME ROLE}: print what the settings of a login need. Neither is
 * kept anywhere.
 */
public final class Credentials {
    private static final String HASH = "--hash-password";
    private static final String TOKEN = "--new-token";
    private static final List<String> ROLES = List.of("viewer", "operator");

    /** bcrypt looks at no more. */
    private static final int MAX_BYTES = 72;

    private static final int TOKEN_BYTES = 32;

    private Credentials() {}

    /**
     * Prints, if the arguments ask for it.
     *
     * @return the exit code, or nothing where they do not
     */
    public static Optional<Integer> run(String... arguments) {
        List<String> words = Arrays.asList(arguments);
        try {
            if (words.contains(HASH)) {
                System.out.println(hash(read()));
                return Optional.of(0);
            }
            int at = words.indexOf(TOKEN);
            if (at >= 0) {
                newToken(words.subList(at + 1, words.size()));
                return Optional.of(0);
            }
            return Optional.empty();
        } catch (IllegalArgumentException | IOException e) {
            System.err.println(e.getMessage());
            return Optional.of(1);
        }
    }

    static String hash(String typed) {
        String password = normalised(typed);
        if (password.isEmpty()) {
            throw new IllegalArgumentException(
                    "There was no password: type one, or send it as the first line of the input.");
        }
        if (!fitsBcrypt(password)) {
            throw new IllegalArgumentException("The password is too long: bcrypt takes 72 bytes (of UTF-8).");
        }
        return new BCryptPasswordEncoder().encode(password);
    }

    /** At a terminal without showing it, and twice, since nobody sees a mistake. */
    private static String read() throws IOException {
        Console console = terminal();
        if (console == null) {
            String line = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
            return line == null ? "" : line;
        }
        char[] first = console.readPassword("Password: ");
        char[] second = console.readPassword("Once more: ");
        if (first == null || !Arrays.equals(first, second)) {
            throw new IllegalArgumentException("These were two different passwords.");
        }
        return new String(first);
    }

    /** Where somebody types: from Java 22 on there is a console for a pipe too, and it says so itself. */
    @SuppressWarnings("SystemConsoleNull")
    private static @Nullable Console terminal() {
        Console console = System.console();
        try {
            boolean isPipe = console != null
                    && Boolean.FALSE.equals(
                            Console.class.getMethod("isTerminal").invoke(console));
            return isPipe ? null : console;
        } catch (ReflectiveOperationException e) {
            return console; // an older Java
        }
    }

    private static void newToken(List<String> words) {
        if (words.size() != 2 || !ROLES.contains(words.get(1))) {
            throw new IllegalArgumentException("Usage: java -jar lipdrop.jar --new-token NAME viewer|operator");
        }
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        String token = "lipdrop_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        System.out.printf(
                "Token, shown this once, for the program: %s%nSetting, for application.yaml below lipdrop.tokens:%n"
                        + "  - {name: '%s', role: %s, sha256: %s}%n",
                token,
                words.get(0).replace("'", "''"),
                words.get(1),
                HexFormat.of().formatHex(sha256(token.getBytes(UTF_8))));
    }

    /** Keyboards of different systems write one letter in different ways. */
    public static String normalised(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    /** Whether bcrypt looks at the whole of it. */
    public static boolean fitsBcrypt(String password) {
        return password.getBytes(UTF_8).length <= MAX_BYTES;
    }

    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
