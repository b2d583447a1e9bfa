package io.lipdrop.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is pushed by the started application: events to clients, notices to a webhook. */
class EventsIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** A client and what it has heard. */
    private static final class Client {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final CompletableFuture<?> end;

        Client(int port, String lastEventId) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/events"));
            if (!lastEventId.isEmpty()) {
                request.header("Last-Event-ID", lastEventId);
            }
            end = HTTP.sendAsync(request.build(), BodyHandlers.fromLineSubscriber(new Lines(lines)));
        }

        boolean heard(String... parts) {
            return lines.stream().anyMatch(line -> List.of(parts).stream().allMatch(line::contains));
        }

        String lastId() {
            return lines.stream()
                    .filter(line -> line.startsWith("id: "))
                    .reduce((one, next) -> next)
                    .orElseThrow()
                    .substring(4);
        }
    }

    private record Lines(List<String> lines) implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            lines.add(line);
        }

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onComplete() {}
    }

    @Test
    void clientsSeeAJobToItsEndAndAStopIsNotHeldUp() {
        Path home = RunningLipdrop.freshHome("events");
        String last;
        try (RunningLipdrop lipdrop = RunningLipdrop.start(home)) {
            Client watcher = new Client(lipdrop.port(), "");
            await().until(() -> watcher.heard("event: reset"));
            Drop.simple("seen").into(lipdrop.inbox());
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> watcher.heard("\"batch\":\"seen\"", "\"state\":\"done\"", "\"finishedAt\""));
            assertThat(watcher.heard("\"video\":\"face.mp4\"", "\"phase\":\"rendering\"", "\"frame\":"))
                    .isTrue();
            assertThat(watcher.heard("\"video\":\"face.mp4\"", "\"state\":\"done\"", "\"result\":"))
                    .isTrue();

            Client back = new Client(lipdrop.port(), watcher.lastId());
            Drop.simple("later").into(lipdrop.inbox());
            await().atMost(Duration.ofMinutes(2)).until(() -> back.heard("\"batch\":\"later\"", "\"state\":\"done\""));
            assertThat(back.heard("reset")).isFalse();

            List<Client> many = new ArrayList<>();
            for (int count = 0; count < 100; count++) {
                many.add(new Client(lipdrop.port(), ""));
            }
            await().until(() -> many.stream().allMatch(client -> client.heard("id: ")));
            long before = System.nanoTime();
            lipdrop.terminate();
            assertThat(lipdrop.waitForExit()).isIn(0, 143);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
            await().until(() -> many.stream().allMatch(client -> client.end.isDone()));
            last = watcher.lastId();
        }
        try (RunningLipdrop again = RunningLipdrop.start(home)) {
            Client back = new Client(again.port(), last);
            await().until(() -> back.heard("event: reset"));
        }
    }

    @Test
    void aWebhookHearsEachBatchOnceInOrderAlsoAfterAKill() throws IOException {
        List<String> bodies = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicBoolean isUp = new AtomicBoolean();
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(isUp.get() ? 200 : 503, -1);
            exchange.close();
            if (isUp.get()) {
                bodies.add(body);
            }
        });
        server.start();
        String url = "lipdrop.notify.webhook.url=http://127.0.0.1:"
                + server.getAddress().getPort() + "/hook";
        Path home = RunningLipdrop.freshHome("notices");
        try (RunningLipdrop lipdrop = RunningLipdrop.start(home, url, "lipdrop.notify.webhook.secret=secret")) {
            Drop.simple("first").into(lipdrop.inbox());
            lipdrop.awaitState("first", "done");
            Drop.manifest("second.json", "{\"audio\": 1}").into(lipdrop.inbox());
            await().until(() -> RunningLipdrop.namesIn(lipdrop.work("notices")).stream()
                            .filter(name -> name.endsWith(".webhook.json"))
                            .count()
                    == 2);
            lipdrop.kill();
        }
        isUp.set(true);
        try (RunningLipdrop again = RunningLipdrop.start(home, url, "lipdrop.notify.webhook.secret=secret")) {
            await().until(() -> bodies.size() == 2);
            assertThat(bodies.get(0)).contains("\"batch\" : \"first\"", "\"result\" : ");
            assertThat(bodies.get(1)).contains("\"batch\" : \"second\"", "\"code\" : \"manifest-invalid\"");
            await().until(() -> RunningLipdrop.namesIn(again.work("notices")).isEmpty());
        } finally {
            server.stop(0);
        }
    }
}
