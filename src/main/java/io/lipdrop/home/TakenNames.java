package io.lipdrop.home;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The names in one folder. Names that differ only in case or Unicode form collide: on many shares they are one file. */
public final class TakenNames {
    private final Set<String> taken = new HashSet<>();

    /** Begins with these names. */
    public TakenNames(Collection<String> names) {
        names.forEach(this::add);
    }

    /** Whether a file with this name would collide with an existing one. */
    public boolean has(String name) {
        return taken.contains(folded(name));
    }

    /** Takes a name; names that would collide with it are taken too. */
    public void add(String name) {
        taken.add(folded(name));
    }

    /** The first of {@code stem.ext}, {@code stem-2.ext} … that is free; it is now taken. */
    public String free(String stem, String extension) {
        String free = stem + extension;
        for (int count = 2; has(free); count++) {
            free = stem + "-" + count + extension;
        }
        add(free);
        return free;
    }

    /** Equal for names that collide. */
    public static String folded(String name) {
        StringBuilder folded = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFD)
                .codePoints()
                .map(symbol -> Character.toLowerCase(Character.toUpperCase(symbol)))
                .forEach(folded::appendCodePoint);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }
}
