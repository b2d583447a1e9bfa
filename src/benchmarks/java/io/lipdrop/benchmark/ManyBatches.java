package io.lipdrop.benchmark;

import io.lipdrop.home.Documents;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.job.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Fills a home as years of work would: batches that have ended, and a long queue that is paused. */
final class ManyBatches {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int SECONDS_APART = 600;
    private static final int JOBS_A_FINISHED_BATCH = 5;
    private static final int JOBS_A_WAITING_BATCH = 10;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    private final Path home;

    ManyBatches(Path home) {
        this.home = home;
    }

    /** Every seventh has a job that failed. */
    void finish(int batches) throws IOException {
        for (int i = 0; i < batches; i++) {
            String id = "lesson-%05d".formatted(i);
            Path folder = Files.createDirectories(home.resolve("outbox").resolve(id));
            String at = BEGIN.plusSeconds((long) i * SECONDS_APART).toString();
            StringBuilder jobs = new StringBuilder();
            for (int job = 1; job <= JOBS_A_FINISHED_BATCH; job++) {
                boolean isFailed = i % 7 == 0 && job == 1;
                jobs.append(job == 1 ? "" : ",").append(isFailed ? failed(id, job, at) : done(id, job, at));
                String stem = "teacher-" + job;
                if (isFailed) {
                    write(home.resolve("error").resolve(id).resolve(stem + ".error.json"), report(id, at));
                } else {
                    write(folder.resolve(stem + ".mp4"), "video");
                    write(folder.resolve(stem + ".json"), "{\"engine\":\"warp\",\"warnings\":[]}");
                }
            }
            write(folder.resolve("status.json"), """
                    {"batch":"%s","manifest":"%s.yaml","state":"%s","message":"5 jobs","createdAt":"%s","finishedAt":"%s",
                    "updatedAt":"%s","jobs":[%s]}
                    """.formatted(
                            id, id, i % 7 == 0 ? "failed" : "done", at, at, at, jobs));
        }
    }

    private static String done(String batch, int job, String at) {
        return """
                {"job":"%s-%02d","video":"teacher-%d.mp4","state":"done","percent":100.0,"attempts":0,"result":"teacher-%d.mp4",
                "updatedAt":"%s"}
                """.formatted(batch, job, job, job, at);
    }

    private static String failed(String batch, int job, String at) {
        return """
                {"job":"%s-%02d","video":"teacher-%d.mp4","state":"failed","attempts":0,"report":"teacher-%d.error.json",
                "error":"no-face","message":"No face found.","updatedAt":"%s"}
                """.formatted(batch, job, job, job, at);
    }

    private static String report(String batch, String at) {
        return """
                {"job":"%s-01","video":"teacher-1.mp4","code":"no-face","message":"No face found.","hint":"Use another video.",
                "stage":"validation","attempts":0,"at":"%s"}
                """.formatted(batch, at);
    }

    /** Jobs in the queue, which is paused. */
    void queue(int jobs) throws IOException {
        Path work = home.resolve("work");
        Instant now = Instant.now();
        Files.createDirectories(work.resolve("queued"));
        write(work.resolve("pause.json"), "{\"by\":\"benchmark\",\"since\":\"%s\"}".formatted(now));
        for (int i = 0; i < jobs / JOBS_A_WAITING_BATCH; i++) {
            Instant claimedAt = now.minusSeconds(jobs).plusSeconds(i);
            String id = "waiting-%05d".formatted(i);
            Path media =
                    Files.createDirectories(work.resolve("staging").resolve(id).resolve("media"));
            List<Job> all = IntStream.rangeClosed(1, JOBS_A_WAITING_BATCH)
                    .mapToObj(number -> job(id, number, media, claimedAt))
                    .toList();
            Documents.write(
                    work.resolve("staging").resolve(id).resolve("batch.json"),
                    new Batch(id, id + ".yaml", all, claimedAt));
            for (Job job : all) {
                write(work.resolve("staging").resolve(id).resolve("accepted").resolve(job.id()), "");
                String name = "5-%s-%04d-%s.json".formatted(TIME.format(claimedAt), job.sequence(), job.id());
                Files.write(work.resolve("queued").resolve(name), Documents.bytes(job));
            }
        }
    }

    private static Job job(String batch, int number, Path media, Instant claimedAt) {
        String video = "presenter-%d.mp4".formatted(number);
        return new Job(
                "%s-%02d".formatted(batch, number),
                batch,
                "presenter-" + number,
                "voice.ogg",
                media.resolve("voice.ogg"),
                video,
                media.resolve(video),
                Options.DEFAULTS,
                4,
                number,
                0,
                claimedAt);
    }

    /** The lists that are measured, by what they are called. */
    static Map<String, String> lists() {
        return Map.of(
                "batches", "/api/batches?limit=200",
                "batches by name", "/api/batches?q=TEACHER-3&limit=200",
                "batches that failed", "/api/batches?state=failed&limit=200",
                "jobs", "/api/jobs?limit=200",
                "jobs that failed", "/api/jobs?state=failed&limit=200",
                "a name that nothing has", "/api/batches?q=nothing&limit=200");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
