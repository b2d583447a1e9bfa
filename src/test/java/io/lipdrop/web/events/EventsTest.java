package io.lipdrop.web.events;

import static io.lipdrop.web.events.ToldEvents.batch;
import static io.lipdrop.web.events.ToldEvents.job;
import static io.lipdrop.web.events.ToldEvents.progress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lipdrop.SteppedClock;
import io.lipdrop.job.JobState;
import io.lipdrop.web.ApiServer;
import io.lipdrop.web.connection.ConnectionCut;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The events over HTTP, with the web server as it is in the application. */
class EventsTest {
    private AnnotationConfigServletWebServerApplicationContext web;
    private EventClients clients;
    private SteppedClock uptime;
    private final List<Listener> listeners = new ArrayList<>();

    @ApiServer
    @Import({
        EventLog.class,
        EventJson.class,
        EventClients.class,
        EventsController.class,
        ConnectionCut.class,
        Web.Sessions.class
    })
    static class Web {
        @RestController
        static class Sessions {
            @PostMapping("/begin")
            void begin(HttpServletRequest request, @RequestParam int seconds) {
                request.getSession().setMaxInactiveInterval(seconds);
            }

            @PostMapping("/end")
            void end(HttpServletRequest request) {
                HttpSession session = request.getSession(false);
                if (session != null) {
                    session.invalidate();
                }
            }

            /** How much lies in it; -1 where there is none. */
            @GetMapping("/size")
            int size(HttpServletRequest request) {
                HttpSession session = request.getSession(false);
                return session == null
                        ? -1
                        : Collections.list(session.getAttributeNames()).size();
            }
        }

        @Bean
        SteppedClock uptime() {
            return new SteppedClock();
        }
    }

    @BeforeEach
    void start() {
        web = new AnnotationConfigServletWebServerApplicationContext();
        TestPropertyValues.of("server.port=0", "server.shutdown=graceful").applyTo(web);
        web.register(Web.class);
        web.refresh();
        clients = web.getBean(EventClients.class);
        uptime = web.getBean(SteppedClock.class);
    }

    @AfterEach
    void stop() throws IOException {
        for (Listener listener : listeners) {
            listener.close();
        }
        web.close();
    }

    @Test
    void aNewClientBeginsWithTheStateAndHearsWhatChanges() throws IOException {
        clients.hear(job("talk", "talk-01", JobState.QUEUED));
        clients.hear(batch("talk", JobState.QUEUED));
        Listener listener = listen();
        await().until(() -> listener.lines().contains("event: job"));
        assertThat(listener.lines()).contains("Cache-Control: no-store", "X-Accel-Buffering: no", "retry: 2000");
        assertThat(listener.lines()).anyMatch(line -> line.startsWith("Content-Type: text/event-stream"));
        assertThat(listener.all("event: ")).containsExactly("reset", "batch", "job");

        clients.hear(batch("talk", JobState.RUNNING));
        await().until(() -> listener.all("event: ").size() == 4);
        assertThat(listener.all("data: ").get(3)).contains("\"state\":\"running\"");
        assertThat(listener.lastId()).endsWith("-3");
    }

    @Test
    void aClientThatWasAwayMissesNothing() throws IOException {
        Listener before = listen();
        clients.hear(batch("talk", JobState.QUEUED));
        await().until(() -> before.all("event: ").contains("batch"));
        String last = before.lastId();
        before.close();

        int changes = 600;
        for (int number = 1; number <= 200; number++) {
            String name = "talk-" + number;
            for (JobState state : List.of(JobState.QUEUED, JobState.RUNNING, JobState.DONE)) {
                clients.hear(job("talk", name, state));
                clients.hear(progress("talk", name, number));
            }
        }
        clients.hear(batch("talk", JobState.DONE));
        Listener after = listen("Last-Event-ID: " + last);
        await().until(() -> !after.all("event: batch").isEmpty());
        assertThat(after.all("event: ")).doesNotContain("reset");
        assertThat(after.all("event: job")).hasSize(changes);
        assertThat(after.all("data: ").get(changes)).contains("\"batch\":\"talk\"", "\"state\":\"done\"");

        Listener noHeaders = new Listener(port(), "?lastEventId=" + last);
        listeners.add(noHeaders);
        noHeaders.read();
        await().until(() -> noHeaders.all("event: job").size() == changes);
        assertThat(noHeaders.all("event: ")).doesNotContain("reset");
    }

    @Test
    void anIdOfAnotherStartBeginsWithTheState() throws IOException {
        clients.hear(batch("talk", JobState.QUEUED));
        Listener listener = listen("Last-Event-ID: 123-1");
        await().until(() -> listener.all("event: ").equals(List.of("reset", "batch")));
    }

    @Test
    void aClientThatReadsNothingCostsTheOthersNothing() throws IOException {
        Listener slow = new Listener(port(), "");
        listeners.add(slow);
        Listener quick = listen();
        await().until(() -> clients.count() == 2 && quick.all("event: ").contains("reset"));
        tellMuch("late", 60_000); // more than the ring and the sockets hold
        await().until(() -> quick.all("data: ").stream().anyMatch(data -> data.contains("late-59999")));
        assertThat(clients.count()).isEqualTo(2);

        slow.read(); // it is behind what is kept, and starts again
        await().until(() -> slow.all("data: ").stream().anyMatch(data -> data.contains("late-59999")));
        assertThat(slow.all("event: reset")).hasSize(2);
    }

    @Test
    void aConnectionThatTakesNothingUpIsCut() throws IOException {
        Listener stuck = new Listener(port(), "");
        listeners.add(stuck);
        await().until(() -> clients.count() == 1);
        tellMuch("much", 20_000);
        clients.tick();
        uptime.step(EventClient.PATIENCE.minusSeconds(1));
        clients.tick();
        assertThat(clients.count()).isEqualTo(1);
        uptime.step(Duration.ofSeconds(1));
        clients.tick();
        await().until(() -> clients.count() == 0);
        stuck.read();
        await().until(stuck::isEnded);
    }

    @Test
    void twoHundredClientsHearAllAndNeedNoThreads() throws IOException {
        for (int count = 0; count < 200; count++) {
            listeners.add(new Listener(port(), ""));
        }
        await().until(() -> clients.count() == 200);
        int threads = Thread.activeCount();
        for (int number = 0; number < 100; number++) {
            clients.hear(job("talk", "talk-" + number, JobState.QUEUED));
        }
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 10); // the server's own pool
        listeners.forEach(Listener::read);
        for (Listener listener : listeners) {
            await().until(() -> listener.all("event: job").size() == 100);
        }
    }

    @Test
    void aQuietConnectionGetsAComment() throws IOException {
        Listener listener = listen();
        await().until(() -> listener.all("event: ").contains("reset"));
        clients.tick();
        uptime.step(Duration.ofSeconds(14));
        clients.tick();
        clients.hear(batch("talk", JobState.QUEUED));
        await().until(() -> listener.all("event: ").contains("batch"));
        assertThat(listener.lines()).doesNotContain(":");
        clients.tick();
        uptime.step(Duration.ofSeconds(15));
        clients.tick();
        await().until(() -> listener.lines().contains(":"));
    }

    @Test
    void aConnectionEndsAfterHalfAnHourAndWhenTheClientIsGone() throws IOException {
        Listener old = listen();
        await().until(() -> clients.count() == 1);
        uptime.step(EventClient.LIFETIME);
        clients.tick();
        await().until(old::isEnded);
        assertThat(clients.count()).isZero();

        Listener gone = listen();
        await().until(() -> clients.count() == 1 && gone.all("event: ").contains("reset"));
        gone.close();
        await().until(() -> {
            clients.hear(batch("talk", JobState.QUEUED));
            return clients.count() == 0;
        });
    }

    @Test
    void aStopIsNotHeldUp() throws IOException {
        List<Listener> open = new ArrayList<>();
        for (int count = 0; count < 20; count++) {
            open.add(listen());
        }
        listeners.add(new Listener(port(), ""));
        await().until(() -> clients.count() == 21);
        tellMuch("much", 20_000);

        long before = System.nanoTime();
        web.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        await().until(() -> open.stream().allMatch(Listener::isEnded));
    }

    @Test
    void thereIsALimit() throws Exception {
        for (int count = 0; count < EventClients.MAX_CLIENTS; count++) {
            listeners.add(new Listener(port(), ""));
        }
        await().until(() -> clients.count() == EventClients.MAX_CLIENTS);
        HttpResponse<String> refused = request("GET", "*/*");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"too-many-clients\"", "\"hint\":");
    }

    @Test
    void aStreamEndsWithItsSessionAndNoOther() throws Exception {
        String session = session(3600);
        String other = session(3600);
        Listener one = listen("Cookie: " + session);
        Listener second = listen("Cookie: " + session);
        Listener others = listen("Cookie: " + other);
        Listener program = listen();
        await().until(() -> clients.count() == 4 && others.all("event: ").contains("reset"));

        send("POST", "/end", session);
        await().until(() -> one.isEnded() && second.isEnded());
        assertThat(clients.count()).isEqualTo(2);
        assertThat(others.isEnded()).isFalse();
        assertThat(program.isEnded()).isFalse();
    }

    @Test
    void aStreamEndsWhenItsSessionExpires() throws Exception {
        String session = session(1);
        Listener listener = listen("Cookie: " + session);
        await().until(() -> clients.count() == 1);
        await().pollInterval(Duration.ofMillis(1500)) // each request makes the server look, and begins the second anew
                .until(() -> send("GET", "/size", session).equals("-1"));
        await().until(listener::isEnded);
    }

    @Test
    void aSessionKeepsNothingOfAStreamThatHasEnded() throws Exception {
        String session = session(3600);
        for (int count = 0; count < 5; count++) {
            Listener listener = listen("Cookie: " + session);
            await().until(() ->
                    clients.count() == 1 && send("GET", "/size", session).equals("1"));
            listener.close();
            await().until(() -> {
                clients.hear(batch("talk", JobState.QUEUED));
                return clients.count() == 0;
            });
        }
        await().until(() -> send("GET", "/size", session).equals("0"));
    }

    /** The cookie of a new session. */
    private String session(int seconds) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/begin?seconds=" + seconds))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private String send(String method, String path, String session) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
                                .header("Cookie", session)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void otherRequestsAreAnsweredAtOnce() throws Exception {
        assertThat(request("HEAD", "text/event-stream").statusCode()).isEqualTo(200);
        HttpResponse<String> json = request("GET", "application/json");
        assertThat(json.statusCode()).isEqualTo(406);
        assertThat(json.body()).contains("\"code\":\"not-acceptable\"");
        assertThat(request("POST", "*/*").statusCode()).isEqualTo(405);
        assertThat(clients.count()).isZero();
    }

    @Test
    void aClientThatComesWhileLipdropStopsIsEndedToo() throws IOException {
        for (int count = 0; count < 50; count++) {
            listen();
        }
        web.close(); // some have not begun
        await().until(() -> listeners.stream().allMatch(Listener::isEnded));
    }

    private void tellMuch(String batch, int jobs) {
        IntStream.range(0, jobs).forEach(number -> clients.hear(job(batch, batch + "-" + number, JobState.QUEUED)));
    }

    private Listener listen(String... headers) throws IOException {
        Listener listener = Listener.reading(port(), headers);
        listeners.add(listener);
        return listener;
    }

    private HttpResponse<String> request(String method, String accept) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/api/events"))
                                .timeout(Duration.ofSeconds(10))
                                .header("Accept", accept)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private int port() {
        return web.getWebServer().getPort();
    }
}
