package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** How long the API's lists take with years of work behind and a long queue before; with the index, and when that is lost. */
final class ListsSection implements Section {
    private static final double MOST_MILLIS = 100;
    private static final int WARM_UP = 20;
    private static final int REQUESTS = 50;
    private static final Duration LONGEST_READING = Duration.ofMinutes(5);

    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        int count = workshop.settings().isQuick() ? 1000 : 10_000;
        Path home = workshop.fresh("lists");
        ManyBatches many = new ManyBatches(home);
        many.finish(count);
        many.queue(count);
        table.row(number("index of %d finished batches lost: until it is whole again", count), known(workshop, home));
        try (Application application = Application.start(workshop.settings().jar(), home, List.of())) {
            String known = secondsUntilKnown(application);
            table.row("the same with the index", known);
            for (Map.Entry<String, String> list : new TreeMap<>(ManyBatches.lists()).entrySet()) {
                List<Double> millis = times(application.uri(list.getValue()));
                double slow = millis.get(millis.size() * 95 / 100);
                table.row(
                        number("%d finished batches, %d waiting jobs: 200 %s", count, count, list.getKey()),
                        number("%.0f ms (median), %.0f ms (95 of 100)", Signal.median(millis), slow),
                        "<= 100 ms",
                        slow <= MOST_MILLIS);
            }
        }
    }

    private String known(Workshop workshop, Path home) throws IOException {
        try (Application application = Application.start(workshop.settings().jar(), home, List.of())) {
            return secondsUntilKnown(application);
        }
    }

    /** After "Lipdrop is ready". */
    private String secondsUntilKnown(Application application) throws IOException {
        long begin = System.nanoTime();
        while (get(application.uri("/api/batches?limit=1")).contains("\"complete\":false")) {
            if (System.nanoTime() - begin > LONGEST_READING.toNanos()) {
                throw new IllegalStateException("The finished batches are not known after " + LONGEST_READING);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException("Interrupted", e);
            }
        }
        return number("%.1f s after it is ready", (System.nanoTime() - begin) / 1e9);
    }

    private List<Double> times(URI list) throws IOException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < WARM_UP + REQUESTS; i++) {
            long begin = System.nanoTime();
            get(list);
            if (i >= WARM_UP) {
                millis.add((System.nanoTime() - begin) / 1e6);
            }
        }
        Collections.sort(millis);
        return millis;
    }

    private String get(URI uri) throws IOException {
        try {
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(uri + ": " + answer.body());
            }
            return answer.body();
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
