package io.lipdrop.web.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lipdrop.launch.CannotStart;
import io.lipdrop.launch.Credentials;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who may log in, and with what. */
public final class Accounts {
    /** The operator of the password file. */
    static final String OPERATOR = "lipdrop";

    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]{1,64}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    /** Somebody with a role: a person or a program. */
    public record Account(String name, Role role) {}

    private record Person(Account account, Password password) {}

    private record Program(Account account, String sha256) {}

    private final Map<String, Person> people = new LinkedHashMap<>();
    private final List<Program> programs = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /**
     * Reads the password file.
     *
     * @throws CannotStart where a setting is not as it has to be
     */
    public Accounts(LoginSettings settings) {
        for (LoginSettings.User user : settings.users()) {
            String name = name("lipdrop.users", user.name());
            try {
                add(new Account(name, user.role()), new Password.Hashed(user.bcrypt()));
            } catch (CannotStart e) {
                throw new CannotStart("Lipdrop does not start: lipdrop.users has no usable hash (bcrypt) for '%s'.%n%s"
                        .formatted(name, e.getMessage()));
            }
        }
        for (LoginSettings.Token token : settings.tokens()) {
            String name = name("lipdrop.tokens", token.name());
            String sha256 = token.sha256().strip();
            if (!SHA256.matcher(sha256).matches()) {
                throw new CannotStart(
                        ("Lipdrop does not start: lipdrop.tokens has no SHA-256 (64 hexadecimal digits) for '%s'.%n"
                                        + "java -jar lipdrop.jar --new-token NAME ROLE makes a token and prints its line for the settings.")
                                .formatted(name));
            }
            programs.add(new Program(new Account(name, token.role()), sha256.toLowerCase(Locale.ROOT)));
        }
        String file = settings.passwordFile();
        if (file != null && !file.isBlank()) {
            PasswordFile first = new PasswordFile(Path.of(file).toAbsolutePath().normalize());
            Password password = first.read();
            add(new Account(OPERATOR, Role.OPERATOR), password);
            first.warning(password).ifPresent(warnings::add);
        }
    }

    private void add(Account account, Password password) {
        if (people.putIfAbsent(account.name(), new Person(account, password)) != null) {
            throw new CannotStart(
                    "Lipdrop does not start: there are two users '%s'.%nLook into lipdrop.users and lipdrop.password-file (whose user is lipdrop)."
                            .formatted(account.name()));
        }
    }

    private static String name(String setting, String given) {
        String name = Credentials.normalised(given.strip());
        if (!NAME.matcher(name).matches()) {
            throw new CannotStart(
                    "Lipdrop does not start: %s has a name that cannot be used: '%s'.%nEach entry needs a name of 1 to 64 letters."
                            .formatted(setting, name));
        }
        return name;
    }

    /** Whether nobody is named: then everybody may do everything. */
    public boolean isEmpty() {
        return people.isEmpty() && programs.isEmpty();
    }

    public boolean isKnown(String name) {
        return people.containsKey(name);
    }

    /** The person with this name and password. Takes as long where there is no such name. */
    public Optional<Account> person(String name, String password) {
        Person person = people.get(name);
        if (person == null) {
            var unused = anyPassword().is(password);
            return Optional.empty();
        }
        return person.password().is(password) ? Optional.of(person.account()) : Optional.empty();
    }

    private Password anyPassword() {
        return people.values().stream()
                .map(Person::password)
                .filter(Password.Hashed.class::isInstance)
                .findFirst()
                .orElse(new Password.Plain(""));
    }

    /** The program with the token of this SHA-256. Looks at every token, whichever it is. */
    public Optional<Account> program(String sha256) {
        @Nullable Account found = null;
        for (Program program : programs) {
            found = MessageDigest.isEqual(program.sha256().getBytes(UTF_8), sha256.getBytes(UTF_8))
                    ? program.account()
                    : found;
        }
        return Optional.ofNullable(found);
    }

    /** In hexadecimal, as the settings have it. */
    public static String sha256(String token) {
        return HexFormat.of().formatHex(Credentials.sha256(token.getBytes(UTF_8)));
    }

    /** Settings that are not good, and no reason to refuse. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** For the log. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        people.values().forEach(person -> words.add(described(person.account())));
        programs.forEach(program -> words.add("token " + described(program.account())));
        return String.join(", ", words);
    }

    private static String described(Account account) {
        return "%s (%s)".formatted(account.name(), account.role().word());
    }
}
