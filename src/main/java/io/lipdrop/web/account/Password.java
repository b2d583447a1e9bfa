package io.lipdrop.web.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lipdrop.launch.CannotStart;
import io.lipdrop.launch.Credentials;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** A password that somebody has, of which only this is kept. */
sealed interface Password {
    /** In the same time whether it is right or wrong. */
    boolean is(String candidate);

    /** From the settings. The forms of others (htpasswd's {@code $2y$}, a {@code {bcrypt}} in front) are the same hash. */
    record Hashed(String bcrypt) implements Password {
        private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$(0[4-9]|[12]\\d|3[01])\\$[./A-Za-z0-9]{53}");
        private static final String PREFIX = "{bcrypt}";

        public Hashed {
            bcrypt = bcrypt.strip();
            bcrypt = bcrypt.startsWith(PREFIX) ? bcrypt.substring(PREFIX.length()) : bcrypt;
            if (!FORM.matcher(bcrypt).matches()) {
                throw new CannotStart(
                        "This is not a bcrypt hash. Make one with java -jar lipdrop.jar --hash-password, and put it in single quotes.");
            }
        }

        @Override
        public boolean is(String candidate) {
            String password = Credentials.normalised(candidate);
            boolean fits = Credentials.fitsBcrypt(password); // bcrypt would look at its beginning only
            return new BCryptPasswordEncoder().matches(fits ? password : "", bcrypt) && fits;
        }
    }

    /** From a file. */
    record Plain(String text) implements Password {
        @Override
        public boolean is(String candidate) {
            return MessageDigest.isEqual(
                    Credentials.sha256(Credentials.normalised(candidate).getBytes(UTF_8)),
                    Credentials.sha256(Credentials.normalised(text).getBytes(UTF_8)));
        }

        @Override
        public String toString() {
            return "Plain[]";
        }
    }
}
