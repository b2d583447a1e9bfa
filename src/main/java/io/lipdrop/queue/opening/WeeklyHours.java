package io.lipdrop.queue.opening;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours that begin on one day of each week.
 *
 * @param from since midnight
 * @param to since the same midnight: more than a day where they last into the next
 */
record WeeklyHours(DayOfWeek day, Duration from, Duration to) {
    private static final Duration DAY = Duration.ofDays(1);
    private static final String EXAMPLE =
            "Write days, hours, or both, divided by commas; example: mon-fri 20:00-06:00, sat-sun";
    private static final Pattern ENTRY = Pattern.compile("(?:([a-z]+)(?:\\s*-\\s*([a-z]+))?)?(?:\\s*(\\d.*))?");
    private static final Pattern TIMES = Pattern.compile("(\\d{1,2}):(\\d{2})\\s*-\\s*(\\d{1,2}):(\\d{2})");

    /**
     * Reads {@code mon-fri 20:00-06:00}, {@code sat}, or {@code 20:00-06:00} for every day.
     *
     * @throws IllegalArgumentException with a message for the owner
     */
    static List<WeeklyHours> parse(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        Matcher entry = ENTRY.matcher(plain);
        if (plain.isEmpty() || !entry.matches()) {
            throw wrong(text, plain.isEmpty() ? "there is nothing between two commas" : "is neither days nor hours");
        }
        DayOfWeek first = entry.group(1) == null ? DayOfWeek.MONDAY : day(entry.group(1), text);
        DayOfWeek last =
                entry.group(1) == null ? DayOfWeek.SUNDAY : entry.group(2) == null ? first : day(entry.group(2), text);
        Duration from = Duration.ZERO;
        Duration to = DAY;
        if (entry.group(3) != null) {
            Matcher times = TIMES.matcher(entry.group(3).strip());
            if (!times.matches()) {
                throw wrong(text, "'" + entry.group(3) + "' is not a time from-to, such as 20:00-06:00");
            }
            from = time(times.group(1), times.group(2), text);
            to = time(times.group(3), times.group(4), text);
            if (from.equals(to) || from.equals(DAY)) {
                throw wrong(text, "begins when it ends; for whole days leave out the hours");
            }
            to = to.compareTo(from) < 0 ? to.plus(DAY) : to;
        }
        List<WeeklyHours> hours = new ArrayList<>();
        for (DayOfWeek day = first; ; day = day.plus(1)) {
            hours.add(new WeeklyHours(day, from, to));
            if (day == last) {
                return hours;
            }
        }
    }

    private static DayOfWeek day(String name, String entry) {
        for (DayOfWeek day : DayOfWeek.values()) {
            String full = day.name().toLowerCase(Locale.ROOT);
            if (name.length() >= 3 && full.startsWith(name)) {
                return day;
            }
        }
        throw wrong(entry, "'" + name + "' is not a day (mon, tue, wed, thu, fri, sat, sun)");
    }

    private static Duration time(String hours, String minutes, String entry) {
        Duration time = Duration.ofHours(Long.parseLong(hours)).plusMinutes(Long.parseLong(minutes));
        if (time.compareTo(DAY) > 0 || Integer.parseInt(minutes) > 59) {
            throw wrong(entry, "'" + hours + ":" + minutes + "' is not a time of day");
        }
        return time;
    }

    private static IllegalArgumentException wrong(String entry, String why) {
        return new IllegalArgumentException("lipdrop.queue.hours: '%s': %s. %s".formatted(entry.strip(), why, EXAMPLE));
    }
}
