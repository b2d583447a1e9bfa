package io.lipdrop.home;

import java.util.Locale;
import java.util.Set;

/**
 * System files of file managers, shares and backup programs, by exact name. A name that only looks similar, such as {@code
 * #1 Welcome.yaml}, belongs to a user.
 */
public final class Litter {
    /** Recreated by programs when needed; can be deleted. */
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

    /** Recycle bins, snapshots and synchronisation data: ignored, never deleted. */
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

    /** Whether a file or folder with this name is not part of a drop: a system file, hidden, or the lock file of an office program. */
    public static boolean isLitter(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        return plain.startsWith(".") || plain.startsWith("~$") || KEPT.contains(plain) || REMOVABLE.contains(plain);
    }

    /** Whether it can be deleted with its folder, because programs recreate it. */
    public static boolean isRemovable(String name) {
        return name.startsWith("._") || REMOVABLE.contains(name.toLowerCase(Locale.ROOT));
    }
}
