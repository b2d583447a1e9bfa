package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Phase;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long a running job needs to be cancelled, in each of its phases, and when the next one begins. */
final class CancelSection implements Section {
    private static final double LATEST = 2;
    private static final double LATEST_NEXT = 0.5;
    private static final int TRIES = 20;
    private static final Duration LONGEST_JOB = Duration.ofHours(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        int runs = workshop.settings().isQuick() ? 2 : 10;
        int seconds = workshop.settings().isQuick() ? 4 : 20;
        Path clip = workshop.talkingClip(seconds);
        Path voice = workshop.voice(seconds);
        try (Application application = workshop.start("cancel")) {
            application.render("warmup", voice, clip);
            for (Phase phase : Phase.values()) {
                List<Cut> cuts = new ArrayList<>();
                for (int run = 1; cuts.size() < runs && run <= TRIES; run++) {
                    Cut cut = cut(application, "%s%d".formatted(phase.label(), run), phase, voice, clip);
                    if (cut != null) {
                        cuts.add(cut);
                    }
                }
                rows(table, phase, cuts);
            }
        }
    }

    /**
     * Seconds.
     *
     * @param cancelled from the request until the API says so
     * @param reported from the request until the report lies in {@code error/}
     * @param next from the report until the next job's first step
     */
    private record Cut(double cancelled, double reported, double next) {}

    private static void rows(Table table, Phase phase, List<Cut> cuts) {
        if (cuts.isEmpty()) {
            table.row("cancel while " + phase.label(), "too short to be met in %d jobs".formatted(TRIES));
            return;
        }
        double cancelled = cuts.stream().mapToDouble(Cut::cancelled).max().orElseThrow();
        double next = cuts.stream().mapToDouble(Cut::next).max().orElseThrow();
        table.row(
                "cancel while %s: until `cancelled`".formatted(phase.label()),
                row(cuts.stream().map(Cut::cancelled).toList()),
                "<= 2 s",
                cancelled <= LATEST);
        table.row(
                "… until the report is in error/",
                row(cuts.stream().map(Cut::reported).toList()));
        table.row(
                "… from the report until the next job's first step",
                row(cuts.stream().map(Cut::next).toList()),
                "<= 0.5 s",
                next <= LATEST_NEXT);
    }

    private static String row(List<Double> seconds) {
        return number(
                "%.2f s (longest of %d: %.2f s)", Signal.median(seconds), seconds.size(), Collections.max(seconds));
    }

    /** Two jobs of one batch: the first is cancelled in this phase, the second when it has begun. Nothing where it was over before. */
    private @Nullable Cut cut(Application application, String batch, Phase phase, Path voice, Path clip)
            throws IOException {
        application.drop(batch, voice, Collections.nCopies(2, clip));
        String first = batch + "-01";
        boolean isMet = awaitPhase(application, first, phase);
        Instant asked = Instant.now();
        int answer = cancel(application, "/api/jobs/" + first);
        Cut cut = null;
        if (isMet && answer == 202) {
            Path error = application.home().resolve("error").resolve(batch);
            Instant end = asked.plus(LONGEST_JOB);
            Instant cancelled = null;
            Instant reported = null;
            while (cancelled == null || reported == null) {
                reported = reported == null && hasReport(error) ? Instant.now() : reported;
                boolean isCancelled = stateOf(job(application, first)).equals(JobState.CANCELLED.label());
                cancelled = cancelled == null && isCancelled ? Instant.now() : cancelled;
                requireTime(end, first + " is cancelled");
            }
            // A phase is written into the log just after the API has it: the first one when the second is there.
            awaitPhase(application, batch + "-02", Phase.READING_AUDIO);
            AppLog log = application.log();
            double next = AppLog.seconds(log.when(first + ": cancelled:"), log.started(batch, 2));
            cut = new Cut(AppLog.seconds(asked, cancelled), AppLog.seconds(asked, reported), next);
            Workshop.say(number(
                    "%s: cancelled after %.2f s, reported after %.2f s, the next begins %.2f s later",
                    batch, cut.cancelled, cut.reported, cut.next));
        }
        cancel(application, "/api/batches/" + batch);
        Instant end = Instant.now().plus(LONGEST_JOB);
        while (!hasEnded(job(application, first)) || !hasEnded(job(application, batch + "-02"))) {
            requireTime(end, batch + " ends");
        }
        return cut;
    }

    /** Asks again and again, as some phases last for milliseconds; false where it is over already. */
    private boolean awaitPhase(Application application, String job, Phase phase) throws IOException {
        Instant end = Instant.now().plus(LONGEST_JOB);
        while (true) {
            JsonNode status = job(application, job);
            String now = status.path("phase").asText();
            if (now.equals(phase.label())) {
                return true;
            }
            boolean isPast = Stream.of(Phase.values())
                    .anyMatch(other -> other.label().equals(now) && other.compareTo(phase) > 0);
            if (isPast || hasEnded(status)) {
                return false;
            }
            requireTime(end, job + " is " + phase.label());
        }
    }

    private static void requireTime(Instant end, String what) {
        if (Instant.now().isAfter(end)) {
            throw new IllegalStateException("Waited in vain until " + what);
        }
    }

    private static boolean hasReport(Path error) throws IOException {
        if (!Files.isDirectory(error)) {
            return false;
        }
        try (Stream<Path> files = Files.list(error)) {
            return files.anyMatch(file -> file.toString().endsWith(".error.json"));
        }
    }

    private static boolean hasEnded(JsonNode job) {
        String state = stateOf(job);
        return Stream.of(JobState.values())
                .anyMatch(known -> known.isFinal() && known.label().equals(state));
    }

    private static String stateOf(JsonNode job) {
        return job.path("state").asText();
    }

    private JsonNode job(Application application, String job) throws IOException {
        return json.readTree(send(application, "GET", "/api/jobs/" + job).body());
    }

    private int cancel(Application application, String what) throws IOException {
        return send(application, "POST", what + "/cancel").statusCode();
    }

    private HttpResponse<byte[]> send(Application application, String method, String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(application.uri(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
