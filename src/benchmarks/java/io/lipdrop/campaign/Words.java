package io.lipdrop.campaign;

import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a message is fit for the person who dropped the file. */
final class Words {
    private static final int MOST_LINES = 4;
    private static final int MOST_CHARACTERS = 1000;
    private static final Pattern PROGRAMMERS = Pattern.compile(
            "\\b(java|com|org|io)\\.[a-z]+\\.|Exception|\\bat \\[Source|StackTrace|Exchange\\["
                    + "|Cannot (construct|deserialize)|Unrecognized|Unexpected character|was expecting|expected a valid value");

    private Words() {}

    static Optional<String> fault(String message) {
        if (message.isBlank()) {
            return Optional.of("no message");
        }
        if (PROGRAMMERS.matcher(message).find()) {
            return Optional.of("words for programmers: " + message);
        }
        boolean isLong = message.lines().count() > MOST_LINES || message.length() > MOST_CHARACTERS;
        return isLong ? Optional.of("a long message: " + message) : Optional.empty();
    }
}
