package io.lipdrop.queue.folder;

import io.lipdrop.job.Job;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file name of a job in {@code work/queued/}: {@code <9-priority>-<time>-<sequence>-<job>.json}. Sorting by name is
 * the order of work.
 */
record JobDocument(String fileName, String jobId) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("(\\d)-(\\d{8}T\\d{9})-\\d{4,}-(.+)\\.json");

    static JobDocument of(Job job) {
        String name = "%d-%s-%04d-%s.json"
                .formatted(9 - job.priority(), TIME.format(job.acceptedAt()), job.sequence(), job.id());
        return new JobDocument(name, job.id());
    }

    /** The name of a job that comes before another document, by a millisecond. */
    static JobDocument before(String other, Job job) {
        Matcher matcher = NAME.matcher(other);
        boolean isOurs = matcher.matches();
        Instant time = isOurs ? TIME.parse(matcher.group(2), Instant::from).minusMillis(1) : Instant.EPOCH;
        String name = "%s-%s-%04d-%s.json"
                .formatted(isOurs ? matcher.group(1) : "0", TIME.format(time), job.sequence(), job.id());
        return new JobDocument(name, job.id());
    }

    /** Reads a file name; nothing when it is no job's, such as one that a person put there by another name. */
    static Optional<JobDocument> parse(String fileName) {
        Matcher matcher = NAME.matcher(fileName);
        return matcher.matches() ? Optional.of(new JobDocument(fileName, matcher.group(3))) : Optional.empty();
    }
}
