package io.lipdrop.benchmark;

import java.io.PrintStream;
import java.util.Locale;

/** The printed table, a row as soon as it is known. */
final class Table {
    private final PrintStream out;

    Table(PrintStream out) {
        this.out = out;
        out.println("| figure | measured | target | reached |");
        out.println("| --- | --- | --- | --- |");
    }

    /** A figure that no issue asks for: it explains its neighbours. */
    void row(String figure, String measured) {
        out.printf("| %s | %s | | |%n", figure, measured);
    }

    void row(String figure, String measured, String target, boolean isReached) {
        out.printf("| %s | %s | %s | %s |%n", figure, measured, target, isReached ? "yes" : "**no**");
    }

    static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
