package io.lipdrop.queue.opening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In Berlin, where clocks go from 02:00 to 03:00 on 29 March 2026, and from 03:00 to 02:00 on 25 October. */
class HoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String NIGHTS = "mon-fri 20:00-06:00, sat-sun";

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T19:59, false", // a Monday
        "2026-06-01T20:00, true",
        "2026-06-02T00:00, true",
        "2026-06-02T05:59, true",
        "2026-06-02T06:00, false",
        "2026-06-06T05:59, true", // the end of Friday's night, in Saturday
        "2026-06-06T12:00, true",
        "2026-06-07T23:59, true",
        "2026-06-08T00:00, false" // Sunday ends at midnight
    })
    void nightsLastIntoTheNextDay(LocalDateTime time, boolean isOpen) {
        assertThat(at(NIGHTS, time).open()).isEqualTo(isOpen);
    }

    @Test
    void outsideOfThemTheySayWhenTheyBegin() {
        assertThat(at(NIGHTS, "2026-06-01T12:00").opensAt()).isEqualTo(local("2026-06-01T20:00"));
        assertThat(at(NIGHTS, "2026-06-01T12:00").closesAt()).isNull();
        assertThat(at("sat", "2026-06-06T23:59").closesAt()).isEqualTo(local("2026-06-07T00:00"));
        assertThat(at("sat", "2026-06-07T00:00").opensAt()).isEqualTo(local("2026-06-13T00:00"));
    }

    @Test
    void hoursThatTouchAreOne() {
        assertThat(at(NIGHTS, "2026-06-05T21:00").closesAt()).isEqualTo(local("2026-06-08T00:00"));
    }

    @Test
    void hoursOfTheWholeWeekNeverEnd() {
        HoursNow now = at("mon-sun", "2026-06-05T21:00");
        assertThat(now.open()).isTrue();
        assertThat(now.closesAt()).isNull();
    }

    @Test
    void daysMayGoOverTheEndOfTheWeek() {
        assertThat(at("fri-mon", "2026-06-08T12:00").open()).isTrue();
        assertThat(at("fri-mon", "2026-06-09T12:00").open()).isFalse();
    }

    @Test
    void hoursWithoutDaysAreOfEveryDay() {
        assertThat(at("22:00-04:00", "2026-06-03T03:00").open()).isTrue();
        assertThat(at("22:00-24:00", "2026-06-03T23:59").open()).isTrue();
        assertThat(at("22:00-24:00", "2026-06-04T00:00").open()).isFalse();
    }

    @Test
    void aTimeThatIsSkippedInSpringIsTheMomentOfTheChange() {
        Instant change = Instant.parse("2026-03-29T01:00:00Z");
        assertThat(at("sun 02:30-04:00", change.minusSeconds(1)).opensAt()).isEqualTo(change);
        assertThat(at("sun 02:30-04:00", change).open()).isTrue();
        assertThat(at("sun 02:30-04:00", change).closesAt()).isEqualTo(local("2026-03-29T04:00"));
        assertThat(at("sun 00:00-02:30", change.minusSeconds(1)).closesAt()).isEqualTo(change);
        assertThat(at("sun 02:10-02:50", change.minusSeconds(1)).opensAt()).isEqualTo(local("2026-04-05T02:10"));
    }

    @Test
    void aTimeThatComesTwiceInAutumnBeginsEarlyAndEndsLate() {
        Instant first = Instant.parse("2026-10-25T00:30:00Z"); // 02:30 in summer time
        Instant second = Instant.parse("2026-10-25T01:30:00Z"); // 02:30 once more
        assertThat(at("sun 02:30-05:00", first).open()).isTrue();
        assertThat(at("sun 02:30-05:00", first.minusSeconds(1)).open()).isFalse();
        assertThat(at("sun 02:30-05:00", second.minusSeconds(60)).open()).isTrue();
        assertThat(at("sun 00:00-02:30", second.minusSeconds(1)).open()).isTrue();
        assertThat(at("sun 00:00-02:30", second).open()).isFalse();
    }

    @Test
    void aNightOverTheChangeIsOneNight() {
        assertThat(at("sat 20:00-06:00", local("2026-03-28T21:00")).closesAt()).isEqualTo(local("2026-03-29T06:00"));
        assertThat(at("sat 20:00-06:00", local("2026-10-24T21:00")).closesAt()).isEqualTo(local("2026-10-25T06:00"));
    }

    @Test
    void withoutHoursTheQueueIsAlwaysOpen() {
        assertThat(Hours.parse("  ", BERLIN).isSet()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "moon 10:00-12:00",
                "mon 10:00",
                "mon 25:00-26:00",
                "mon 10:60-12:00",
                "mon 10:00-10:00",
                "mon,,tue",
                "mon 10-12",
                "m",
                "mon-",
                "mon 10:00-12:00 14:00-16:00",
                "24:00-10:00",
                "mon tue"
            })
    void anythingElseIsRefusedWithAnExample(String spec) {
        assertThatThrownBy(() -> Hours.parse(spec, BERLIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lipdrop.queue.hours")
                .hasMessageContaining("example: mon-fri 20:00-06:00, sat-sun");
    }

    @Test
    void anUnknownZoneIsRefused() {
        assertThatThrownBy(() -> new QueueSettings("", "Berlin")).hasMessageContaining("lipdrop.queue.zone");
    }

    private static HoursNow at(String spec, String time) {
        return at(spec, local(time));
    }

    private static HoursNow at(String spec, LocalDateTime time) {
        return at(spec, time.atZone(BERLIN).toInstant());
    }

    private static HoursNow at(String spec, Instant time) {
        return Hours.parse(spec, BERLIN).at(time);
    }

    private static Instant local(String time) {
        return LocalDateTime.parse(time).atZone(BERLIN).toInstant();
    }
}
