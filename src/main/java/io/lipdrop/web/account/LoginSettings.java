package io.lipdrop.web.account;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may log in. Nobody is named: everybody who reaches Lipdrop may do everything.
 *
 * @param users people, who log in with a form
 * @param tokens programs, which send {@code Authorization: Bearer TOKEN}
 * @param passwordFile a file whose first line is the password of the operator {@code lipdrop}
 */
@ConfigurationProperties("lipdrop")
public record LoginSettings(
        @DefaultValue List<User> users,
        @DefaultValue List<Token> tokens,
        @Nullable String passwordFile) {
    /**
     * A person.
     *
     * @param bcrypt the password's hash, as {@code --hash-password} prints it
     */
    public record User(
            @DefaultValue("") String name,
            @DefaultValue("viewer") Role role,
            @DefaultValue("") String bcrypt) {}

    /**
     * A program.
     *
     * @param sha256 the token's SHA-256 in hexadecimal, as {@code --new-token} prints it
     */
    public record Token(
            @DefaultValue("") String name,
            @DefaultValue("viewer") Role role,
            @DefaultValue("") String sha256) {}
}
