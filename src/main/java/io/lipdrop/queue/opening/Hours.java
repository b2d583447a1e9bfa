package io.lipdrop.queue.opening;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hours of the week in which jobs may begin, by the clock on the wall. A time that a change of the clock skips counts as the moment of
 * the change; of one that comes twice, hours begin at the first and end at the second.
 */
final class Hours {
    /** Hours of the past that may still last, and the longest way to the next ones. */
    private static final int DAYS_BACK = 2;

    private static final int DAYS_AHEAD = 9;

    private final String spec;
    private final ZoneId zone;
    private final List<WeeklyHours> windows;

    private Hours(String spec, ZoneId zone, List<WeeklyHours> windows) {
        this.spec = spec;
        this.zone = zone;
        this.windows = windows;
    }

    /**
     * Reads hours such as {@code mon-fri 20:00-06:00, sat-sun}; none means always.
     *
     * @throws IllegalArgumentException with a message for the owner
     */
    static Hours parse(String spec, ZoneId zone) {
        List<WeeklyHours> windows = new ArrayList<>();
        if (!spec.isBlank()) {
            for (String entry : spec.split(",", -1)) {
                windows.addAll(WeeklyHours.parse(entry));
            }
        }
        return new Hours(spec.strip(), zone, List.copyOf(windows));
    }

    /** Whether there are any, so that there are times outside them. */
    boolean isSet() {
        return !windows.isEmpty();
    }

    /** How they stand at a moment. */
    HoursNow at(Instant now) {
        Instant end = null;
        Instant next = null;
        for (Stretch stretch : around(now)) {
            boolean isNow = !stretch.from.isAfter(now) && stretch.to.isAfter(now);
            if (isNow || (end != null && !stretch.from.isAfter(end))) {
                end = end == null || stretch.to.isAfter(end) ? stretch.to : end;
            } else if (next == null && stretch.from.isAfter(now)) {
                next = stretch.from;
            }
        }
        boolean isAlways = end != null && Duration.between(now, end).toDays() >= DAYS_AHEAD - 2;
        return new HoursNow(spec, zone.getId(), end != null, end == null ? next : null, isAlways ? null : end);
    }

    ZoneId zone() {
        return zone;
    }

    private List<Stretch> around(Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        List<Stretch> stretches = new ArrayList<>();
        for (int day = -DAYS_BACK; day <= DAYS_AHEAD; day++) {
            LocalDate date = today.plusDays(day);
            for (WeeklyHours window : windows) {
                if (window.day() == date.getDayOfWeek()) {
                    Instant from = first(date.atStartOfDay().plus(window.from()));
                    Instant to = last(date.atStartOfDay().plus(window.to()));
                    if (from.isBefore(to)) {
                        stretches.add(new Stretch(from, to));
                    }
                }
            }
        }
        stretches.sort(Comparator.comparing(Stretch::from));
        return stretches;
    }

    /** The first moment at which clocks show at least this. */
    private Instant first(LocalDateTime time) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        return change != null && change.isGap()
                ? change.getInstant()
                : time.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    /** The last moment at which clocks show at most this. */
    private Instant last(LocalDateTime time) {
        @Nullable ZoneOffsetTransition change = zone.getRules().getTransition(time);
        return change != null && change.isGap()
                ? change.getInstant()
                : time.atZone(zone).withLaterOffsetAtOverlap().toInstant();
    }

    private record Stretch(Instant from, Instant to) {}
}
