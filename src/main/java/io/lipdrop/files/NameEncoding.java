package io.lipdrop.files;

import java.nio.charset.Charset;

/**
 * The encoding in which this process reads file names. Java takes it from the locale at start; it cannot change later.
 */
public final class NameEncoding {
    /** A Unicode locale that all current Linux systems have. */
    public static final String LOCALE = "C.UTF-8";

    private NameEncoding() {}

    /** Whether every name can be read. On Windows names are Unicode in every locale. */
    public static boolean isUnicode() {
        return name().equalsIgnoreCase("UTF-8")
                || System.getProperty("os.name", "").startsWith("Windows");
    }

    /** Whether a file with this name can be opened. */
    public static boolean canHold(String fileName) {
        return isUnicode() || Charset.forName(name()).newEncoder().canEncode(fileName);
    }

    /** Message for the administrator: what is wrong and what to do. */
    public static String advice() {
        return "the locale supports only %s file names; start Lipdrop with the environment variable LC_ALL=%s"
                .formatted(name(), LOCALE);
    }

    private static String name() {
        return System.getProperty("sun.jnu.encoding", "UTF-8");
    }
}
