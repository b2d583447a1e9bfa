package io.lipdrop.history;

import io.lipdrop.status.BatchStatus;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a search looks through: names, without case and Unicode form. Names are divided by line ends, so that no hit spans two. */
public final class SearchText {
    private SearchText() {}

    /** The names of a batch: its own, the manifest's and the videos'. */
    public static String of(BatchStatus status) {
        StringBuilder names = new StringBuilder(status.batch()).append('\n').append(status.manifest());
        status.jobs().forEach(job -> names.append('\n').append(job.video()));
        return fold(names.toString());
    }

    /** What is searched for; null where everything matches. */
    public static @Nullable String query(@Nullable String text) {
        return text == null || text.isBlank() ? null : fold(text.strip().replace('\n', '\0')); // no name has either
    }

    /** Equal for texts that differ only in case, Unicode form or width. */
    public static String fold(String text) {
        if (text.chars().allMatch(unit -> unit < 0x80)) {
            return text.toLowerCase(Locale.ROOT);
        }
        StringBuilder folded = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKD)
                .codePoints()
                .map(symbol -> Character.toLowerCase(Character.toUpperCase(symbol)))
                .forEach(folded::appendCodePoint);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }
}
