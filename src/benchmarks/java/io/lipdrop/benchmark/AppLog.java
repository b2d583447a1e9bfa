package io.lipdrop.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code logs/lipdrop.log} as moments: when which job came how far. */
record AppLog(List<Line> lines) {
    /** Time, level, thread (whose name may hold anything), logger, text. */
    private static final Pattern LINE = Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\S+) +\\S+ +\\[.*?] \\S+ - (.*)");

    record Line(Instant at, String text) {}

    /** Reads the file; stack traces are left out. */
    static AppLog read(Path file) throws IOException {
        return of(Files.exists(file) ? Files.readAllLines(file) : List.of());
    }

    static AppLog of(List<String> written) {
        List<Line> lines = new ArrayList<>();
        for (String line : written) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches()) {
                lines.add(new Line(OffsetDateTime.parse(parts.group(1)).toInstant(), parts.group(2)));
            }
        }
        return new AppLog(lines);
    }

    /** When the first line was written that begins so. */
    Instant when(String beginning) {
        return lines.stream()
                .filter(line -> line.text.startsWith(beginning))
                .map(Line::at)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The log has no line \"" + beginning + "…\""));
    }

    Instant taken(String batch) {
        return when(batch + ": taken from the inbox");
    }

    /** When the first step of a job began; jobs of a batch are counted from 1. */
    Instant started(String batch, int job) {
        return when("%s-%02d: loading the models".formatted(batch, job));
    }

    Instant done(String batch, int job) {
        return when("%s-%02d: done".formatted(batch, job));
    }

    /** How long a job took, from its first step to its result, s. */
    double secondsOf(String batch, int job) {
        return seconds(started(batch, job), done(batch, job));
    }

    /** How long it took from a job's result to the first step of the next, s. */
    double secondsAfter(String batch, int job) {
        return seconds(done(batch, job), started(batch, job + 1));
    }

    static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
