package io.lipdrop.notices;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.lipdrop.SteppedClock;
import io.lipdrop.home.TestHome;
import io.lipdrop.job.JobState;
import io.lipdrop.status.BatchStatus;
import io.lipdrop.status.BatchStatus.JobStatus;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From the end of a batch to a real web server and a real mail server, over the real route. */
class NoticesTest {
    private static final String SECRET =
            "whsec_" + Base64.getEncoder().encodeToString("a key of a test".getBytes(UTF_8));

    @RegisterExtension
    static final GreenMailExtension MAIL = new GreenMailExtension(ServerSetupTest.SMTP).withPerMethodLifecycle(true);

    private final Path home;
    private final SteppedClock clock = new SteppedClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final WebhookServer server = new WebhookServer();
    private @Nullable CamelContext camel;
    private NoticeSettings settings = webhook(null, null);
    private NoticeFolder notices;
    private Endings endings;
    private Deliveries deliveries;

    NoticesTest(@TempDir Path home) {
        this.home = home;
        notices = new NoticeFolder(TestHome.in(home), clock);
        endings = new Endings(settings, notices, clock);
        deliveries = new Deliveries(notices, clock, clock);
    }

    @AfterEach
    void stop() {
        stopSending();
        server.close();
    }

    @Test
    void aBatchThatEndsIsToldSigned() throws Exception {
        configure(webhook(server.url("/hook?a=1+2"), SECRET));
        send();
        endings.ended(new BatchStatus.Ended(talk("talk")));
        await().until(() -> server.requests().size() == 1 && files().isEmpty());

        WebhookServer.Request request = server.requests().get(0);
        assertThat(request.path()).isEqualTo("/hook?a=1+2");
        assertThat(request.header("Content-type")).isEqualTo("application/json");
        assertThat(request.header("Webhook-timestamp"))
                .isEqualTo(Long.toString(clock.instant().getEpochSecond()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("a key of a test".getBytes(UTF_8), "HmacSHA256"));
        mac.update((request.header("Webhook-id") + "." + request.header("Webhook-timestamp") + ".").getBytes(UTF_8));
        assertThat(request.header("Webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(request.body())));
        assertThat(request.headers().keySet()).noneMatch(name -> name.startsWith("Camel"));

        JsonNode body = new ObjectMapper().readTree(request.body());
        assertThat(body.path("type").asText()).isEqualTo("batch.ended");
        assertThat(body.path("timestamp").asText()).isEqualTo("2026-01-02T03:00:00Z");
        JsonNode data = body.path("data");
        assertThat(data.path("batch").asText()).isEqualTo("talk");
        assertThat(data.path("counts").path("failed").asInt()).isEqualTo(1);
        assertThat(data.path("jobs").path(0).path("result").asText()).isEqualTo("a.mp4");
        assertThat(data.path("jobs").path(1).path("code").asText()).isEqualTo("no-face");
        assertThat(data.path("jobs").path(1).path("hint").asText()).startsWith("Use a video that shows a face");
    }

    /** The example in the specification of Standard Webhooks' libraries. */
    @Test
    void theSignatureIsThatOfStandardWebhooks() {
        byte[] key = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(WebhookRequest.signature(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}".getBytes(UTF_8), key))
                .isEqualTo("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void nothingIsWrittenWhereNobodyIsToBeTold() throws IOException {
        configure(new NoticeSettings("en", false, new NoticeSettings.Webhook(null, null), mail(null)));
        endings.ended(new BatchStatus.Ended(talk("talk")));
        assertThat(home.resolve("work/notices")).doesNotExist();
    }

    @Test
    void aRefusedNoticeIsSentAgainAfterGrowingPausesAndHoldsTheLaterOnes() throws IOException {
        server.answers(503, Map.of("Retry-After", "1"));
        configure(webhook(server.url("/"), SECRET));
        send();
        endings.ended(new BatchStatus.Ended(talk("first")));
        endings.ended(new BatchStatus.Ended(talk("second")));
        await().until(() -> server.requests().size() == 1 && hasTrouble());
        int tries = 1;
        for (Duration pause : List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20))) {
            clock.step(pause.minusMillis(1));
            assertThat(server.requests()).hasSize(tries);
            clock.step(Duration.ofMillis(1));
            tries++;
            int expected = tries;
            await().until(() -> server.requests().size() == expected && refusals() == expected);
        }
        server.answers(200);
        clock.step(Duration.ofMinutes(1));
        await().until(() -> files().isEmpty());
        assertThat(batches()).containsExactly("first", "first", "first", "first", "first", "second");
        assertThat(server.requests().stream()
                        .map(request -> request.header("Webhook-id"))
                        .distinct())
                .hasSize(2);
    }

    @Test
    void twentyRefusalsAreEnoughAndTheNextIsTried() throws IOException {
        server.answers(500);
        configure(webhook(server.url("/"), SECRET));
        send();
        endings.ended(new BatchStatus.Ended(talk("first")));
        for (int tries = 1; tries < 20; tries++) {
            int expected = tries;
            await().until(() -> refusals() == expected);
            clock.step(Deliveries.LONGEST_PAUSE);
        }
        await().until(() -> aside().size() == 1 && files().isEmpty());
        assertThat(server.requests()).hasSize(20);
        assertThat(new NoticeHealth(notices).health().getDetails().toString()).contains(aside().get(0));
        NoticeList.Notices list = new NoticeList(notices).now();
        assertThat(list.waiting()).isZero();
        assertThat(list.notAccepted().get(0).batch()).isEqualTo("first");
        assertThat(list.notAccepted().get(0).refusals()).isEqualTo(20);
        assertThat(list.notAccepted().get(0).trouble()).isEqualTo("the webhook answered 500");

        server.answers(200);
        endings.ended(new BatchStatus.Ended(talk("second")));
        await().until(() -> batches().contains("second"));
        Files.move(
                home.resolve("work/notices/aside").resolve(aside().get(0)),
                home.resolve("work/notices/" + aside().get(0)));
        await().until(() -> batches().subList(20, batches().size()).contains("first"));
    }

    @Test
    void aServerThatIsNotReachedIsTriedForADay() throws IOException {
        server.close();
        configure(webhook(server.url("/"), SECRET));
        send();
        endings.ended(new BatchStatus.Ended(talk("talk")));
        await().until(this::hasTrouble);
        assertThat(refusals()).isZero();
        for (int quarter = 0; quarter < 40; quarter++) {
            clock.step(Deliveries.LONGEST_PAUSE);
        }
        assertThat(files()).hasSize(1);
        clock.step(Deliveries.MAX_AGE);
        await().until(() -> aside().size() == 1 && files().isEmpty());
    }

    @Test
    void goneMeansStopAndARedirectIsARefusal() throws IOException {
        server.answers(410);
        configure(webhook(server.url("/"), SECRET));
        send();
        endings.ended(new BatchStatus.Ended(talk("talk")));
        await().until(() -> aside().size() == 1);
        assertThat(server.requests()).hasSize(1);

        server.answers(302, Map.of("Location", server.url("/elsewhere").toString()));
        endings.ended(new BatchStatus.Ended(talk("more")));
        await().until(() -> refusals() == 1);
        assertThat(server.requests())
                .hasSize(2)
                .allMatch(request -> request.path().equals("/"));
    }

    @Test
    void whatWasNotSentWhenLipdropEndedIsSentAfterTheNextStart() throws IOException {
        configure(webhook(server.url("/"), SECRET));
        endings.ended(new BatchStatus.Ended(talk("first")));
        endings.ended(new BatchStatus.Ended(talk("first"))); // killed before its record was deleted: it ends again
        assertThat(files()).hasSize(1);
        configure(webhook(server.url("/"), SECRET)); // the next start
        clock.step(Duration.ofHours(-2)); // and the clock was put back
        endings.ended(new BatchStatus.Ended(talk("first")));
        endings.ended(new BatchStatus.Ended(talk("second")));
        send();
        await().until(() -> files().isEmpty());
        assertThat(batches()).containsExactly("first", "second");
    }

    @Test
    void aBatchDoesNotEndWhileItsNoticeCannotBeWritten() throws IOException {
        configure(webhook(server.url("/"), SECRET));
        Files.createDirectories(home.resolve("work"));
        Files.writeString(home.resolve("work/notices"), "not a folder");
        Assertions.assertThatThrownBy(() -> endings.ended(new BatchStatus.Ended(talk("talk"))))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void whatIsNoNoticeIsPutAside() throws IOException {
        configure(webhook(server.url("/"), SECRET));
        Path broken = home.resolve("work/notices/000000000000001-msg_x.webhook.json");
        Files.createDirectories(broken.getParent());
        Files.writeString(broken, "{\"id\":");
        endings.ended(new BatchStatus.Ended(talk("talk")));
        send();
        await().until(() -> batches().equals(List.of("talk")) && files().isEmpty());
        assertThat(aside()).containsExactly(broken.getFileName().toString());
    }

    @Test
    void whatNobodyAcceptedIsDeletedWhenItsTimeIsOver() throws IOException {
        configure(webhook(server.url("/"), SECRET));
        endings.ended(new BatchStatus.Ended(talk("first")));
        notices.putAside(files().get(0));
        endings.ended(new BatchStatus.Ended(talk("second")));
        Path folder = home.resolve("work/notices/aside");
        Files.writeString(folder.resolve("a remark of the owner.txt"), "ask Anna");
        NoticeRetention retention = new NoticeRetention(notices, Duration.ofDays(7), clock);
        clock.step(Duration.ofDays(6));
        notices.putAside(files().get(0));
        retention.clean();
        assertThat(aside()).hasSize(2);

        clock.step(Duration.ofDays(2));
        retention.clean();
        assertThat(aside()).hasSize(1);
        assertThat(notices.peek("aside/" + aside().get(0))
                        .orElseThrow()
                        .data()
                        .path("batch")
                        .asText())
                .isEqualTo("second");
        clock.step(Duration.ofDays(7));
        retention.clean();
        assertThat(folder).isDirectoryContaining("glob:**/*.txt");
        assertThat(aside()).isEmpty();
    }

    @Test
    void aNoticeThatCannotBeReadNowIsTriedAgain() throws IOException {
        configure(webhook(server.url("/"), SECRET));
        endings.ended(new BatchStatus.Ended(talk("talk")));
        deliveries.failed(null, new IOException("Input/output error"));
        assertThat(files()).hasSize(1);
    }

    @Test
    void mailSaysWhatWasMadeAndWhatFailed() throws Exception {
        configure(new NoticeSettings(
                "en", false, new NoticeSettings.Webhook(null, null), mail("a@example.org, b@example.org")));
        send();
        endings.ended(new BatchStatus.Ended(talk("f\u00fcr \u4f60\r\nBcc: evil@example.org")));
        await().until(() -> MAIL.getReceivedMessages().length == 2 && files().isEmpty());

        MimeMessage mail = MAIL.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Lipdrop: f\u00fcr \u4f60 Bcc: evil@example.org: 1 done, 1 failed");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getFrom()[0]).hasToString("lipdrop@example.org");
        assertThat(mail.getContentType()).containsIgnoringCase("text/plain").containsIgnoringCase("utf-8");
        assertThat(mail.getContent().toString())
                .contains("has ended: 1 done, 1 failed.", "  a.mp4", "  b.mp4", "no-face: No face was found.")
                .contains("What to do: Use a video that shows a face")
                .contains("Results: " + home.resolve("outbox"))
                .contains("Reports: " + home.resolve("error"));
    }

    @Test
    void mailSpeaksChinese() throws Exception {
        configure(new NoticeSettings("zh", false, new NoticeSettings.Webhook(null, null), mail("a@example.org")));
        send();
        endings.ended(new BatchStatus.Ended(talk("\u8bb2\u5ea7")));
        await().until(() -> MAIL.getReceivedMessages().length == 1);
        MimeMessage mail = MAIL.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Lipdrop: \u8bb2\u5ea7: 1 \u5b8c\u6210\uff0c1 \u5931\u8d25");
        assertThat(mail.getContent().toString()).contains("\u5904\u7406\u529e\u6cd5\uff1a");
    }

    @Test
    void oneChannelThatRefusesDoesNotHoldTheOtherNorIsSentTwice() throws IOException {
        server.answers(500);
        configure(new NoticeSettings(
                "en", false, new NoticeSettings.Webhook(server.url("/"), SECRET), mail("a@example.org")));
        send();
        endings.ended(new BatchStatus.Ended(talk("first")));
        endings.ended(new BatchStatus.Ended(talk("second")));
        await().until(() -> MAIL.getReceivedMessages().length == 2);
        await().until(() -> refusals() == 1);
        clock.step(Duration.ofSeconds(5));
        await().until(() -> refusals() == 2);
        server.answers(200);
        clock.step(Duration.ofSeconds(10));
        await().until(() -> files().isEmpty());
        assertThat(batches()).containsExactly("first", "first", "first", "second");
        assertThat(MAIL.getReceivedMessages()).hasSize(2);
    }

    private static NoticeSettings webhook(@Nullable URI url, @Nullable String secret) {
        return new NoticeSettings("en", false, new NoticeSettings.Webhook(url, secret), mail(null));
    }

    private static NoticeSettings.Mail mail(@Nullable String to) {
        int port = ServerSetupTest.SMTP.getPort();
        return new NoticeSettings.Mail(to, "lipdrop@example.org", "127.0.0.1", port, null, null, "auto");
    }

    private void configure(NoticeSettings its) {
        settings = its;
        notices = new NoticeFolder(TestHome.in(home), clock);
        endings = new Endings(its, notices, clock);
        deliveries = new Deliveries(notices, clock, clock);
    }

    /** The route as it is shipped, which only looks more often. */
    private void send() {
        try {
            camel = new DefaultCamelContext();
            camel.getRegistry().bind("deliveries", deliveries);
            camel.getRegistry().bind("webhookRequest", new WebhookRequest(settings, clock));
            camel.getRegistry()
                    .bind("mailMessage", new MailMessage(settings, new MailText(settings, TestHome.in(home))));
            camel.getRegistry().bind("plainRequests", NoticeClients.plainRequests());
            camel.getRegistry().bind("noticeMail", NoticeClients.noticeMail(settings));
            camel.getPropertiesComponent()
                    .addInitialProperty("lipdrop.work", home.resolve("work").toString());
            String route = Files.readString(Path.of("routes", "notices.camel.yaml"))
                    .replace("delay: 1000", "delay: 20\n        initialDelay: 0");
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("notices.camel.yaml", route));
            camel.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void stopSending() {
        if (camel != null) {
            camel.stop();
        }
    }

    private BatchStatus talk(String batch) {
        Instant at = Instant.parse("2026-01-02T03:00:00Z");
        return new BatchStatus(
                batch,
                "talk.yaml",
                JobState.FAILED,
                "1 of 2 done, 1 failed",
                at,
                at,
                at,
                List.of(
                        job("a", JobState.DONE, "a.mp4", null, null),
                        job("b", JobState.FAILED, null, "no-face", "No face was found.")));
    }

    private static JobStatus job(
            String job, JobState state, @Nullable String result, @Nullable String error, @Nullable String message) {
        return new JobStatus(
                job, job + ".mp4", state, null, null, null, null, null, 1, result, null, error, message, Instant.EPOCH);
    }

    private List<String> batches() throws IOException {
        List<String> batches = new ArrayList<>();
        for (WebhookServer.Request request : server.requests()) {
            batches.add(new ObjectMapper()
                    .readTree(request.body())
                    .path("data")
                    .path("batch")
                    .asText());
        }
        return batches;
    }

    private List<String> files() throws IOException {
        return notices.waiting();
    }

    private List<String> aside() throws IOException {
        return notices.putAside();
    }

    private int refusals() throws IOException {
        List<String> files = files();
        return files.isEmpty() ? -1 : notices.read(files.get(0)).orElseThrow().refusals();
    }

    private boolean hasTrouble() throws IOException {
        return notices.read(files().get(0)).orElseThrow().trouble() != null;
    }
}
