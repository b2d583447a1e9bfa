package io.lipdrop.home;

import java.util.Locale;
import java.util.Set;

/**
 * What file managers, shares and backup programs leave in folders, known by exact name: a name that just looks like one of
 * theirs, such as {@code #1 Welcome.yaml}, is a person's.
 */
public final class Litter {
    /** Made anew whenever it is wanted: nothing is lost with it. */
    private static final Set<String> REMOVABLE = Set.of(
            ".ds_store",
            ".localized",
            "icon\r",
            "thumbs.db",
            "ehthumbs.db",
            "desktop.ini",
            ".directory",
            "@eadir",
            ".@__thumb",
            ".appledouble",
            ".apdisk");

    /** Bins, snapshots and records of synchronisation: never entered, never deleted. */
    private static final Set<String> KEPT = Set.of(
            "#recycle",
            "#snapshot",
            "@recycle",
            "@recently-snapshot",
            "@tmp",
            "@sharebin",
            "~snapshot",
            "$recycle.bin",
            "recycler",
            "system volume information",
            "lost+found",
            "network trash folder",
            "temporary items");

    private Litter() {}

    /** Whether a file or folder of this name is none of a person's drop: litter, or hidden, or the lock of an office program. */
    public static boolean isLitter(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        return plain.startsWith(".") || plain.startsWith("~$") || KEPT.contains(plain) || REMOVABLE.contains(plain);
    }

    /** Whether it goes with the folder in which it lies, for a program makes it anew. */
    public static boolean isRemovable(String name) {
        return name.startsWith("._") || REMOVABLE.contains(name.toLowerCase(Locale.ROOT));
    }
}
