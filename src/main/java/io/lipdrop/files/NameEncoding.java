package io.lipdrop.files;

import java.nio.charset.Charset;

/**
 * The encoding in which this process reads names of files. Java takes it from the locale of its environment at the start, and
 * nothing changes it later.
 */
public final class NameEncoding {
    /** A locale with every letter, there on all Linux systems of today. */
    public static final String LOCALE = "C.UTF-8";

    private NameEncoding() {}

    /** Whether every name can be read. Windows has names in Unicode whatever the locale. */
    public static boolean isUnicode() {
        return name().equalsIgnoreCase("UTF-8")
                || System.getProperty("os.name", "").startsWith("Windows");
    }

    /** Whether a file of this name could be found. */
    public static boolean canHold(String fileName) {
        return isUnicode() || Charset.forName(name()).newEncoder().canEncode(fileName);
    }

    /** For whoever runs Lipdrop: what is wrong, and what to do. */
    public static String advice() {
        return "the locale supports only %s file names; start Lipdrop with the environment variable LC_ALL=%s"
                .formatted(name(), LOCALE);
    }

    private static String name() {
        return System.getProperty("sun.jnu.encoding", "UTF-8");
    }
}
