package io.lipdrop.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.interactions.Actions;

/** The page in a real browser, before the started application. */
class PageIT {
    private static final Path SAMPLES = Path.of("samples", "hello").toAbsolutePath();
    private static final List<String> VIEWS = List.of("queue", "results", "failed", "machine");

    private static RunningLipdrop lipdrop;
    private static Browser browser;

    @BeforeAll
    static void start() {
        lipdrop = RunningLipdrop.start(RunningLipdrop.freshHome("page"));
        browser = Browser.start(lipdrop, "en-GB,en");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        lipdrop.close();
    }

    @BeforeEach
    void freshPage() throws IOException {
        lipdrop.post("/api/queue/resume", "");
        browser.open("queue");
        browser.run("localStorage.clear()");
        browser.open("queue");
        browser.errors();
    }

    @AfterEach
    void nothingWentWrongUnseen() {
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void makesAVideoFromFilesOfThisComputerAndShowsAndDeletesIt() {
        send("café 课程 1", SAMPLES.resolve("hello.ogg"), SAMPLES.resolve("portrait.mp4"));
        Set<String> shares = new TreeSet<>();
        Awaitility.await("progress").atMost(RunningLipdrop.JOB).until(() -> {
            shares.add(browser.text(".running .share"));
            return shares.size() > 2;
        });

        browser.click("nav a[href='#/results']");
        String card = ".result[data-batch='café 课程 1']";
        Awaitility.await("the result").atMost(RunningLipdrop.JOB).until(() -> browser.isShown(card + " .tile"));
        browser.awaitShown(card + " canvas");
        browser.click(card + " .picture");
        browser.awaitShown("dialog.player[open]");
        Awaitility.await("both play in step").untilAsserted(() -> {
            assertThat(time("figure:last-of-type")).isGreaterThan(0.7);
            assertThat(time("figure:first-of-type")).isCloseTo(time("figure:last-of-type"), within(0.15));
        });
        assertThat(browser.run(
                        "return [...document.querySelectorAll('dialog video')].filter((video) => !video.muted).length"))
                .isEqualTo(1L);
        browser.awaitText("dialog .facts", "(?s)Engine.*warp");
        new Actions(browser.driver()).sendKeys(Keys.ESCAPE).perform();
        browser.awaitGone("dialog.player");

        browser.click(card + " [data-label='delete']");
        browser.click("dialog.ask .danger");
        browser.awaitGone(card);
        assertThat(lipdrop.outbox("café 课程 1")).doesNotExist();
    }

    @Test
    void saysWhyAVideoFailedAndWhatToDoAndTriesAgain() {
        send("no one", TestMedia.voice(), TestMedia.noFace());
        lipdrop.awaitEnd("no one");

        browser.click("nav a[href='#/failed']");
        browser.awaitText(".failure", "(?s)no-face.mp4.*No face was found.*40 pixels");
        browser.click("#language");
        browser.awaitText(".failure", "(?s)没有找到人脸.*40 像素");
        browser.click("[data-t='failed.retry']");
        browser.awaitText(".toasts", "no-face.mp4");
        Awaitility.await("the new batch has failed too")
                .atMost(RunningLipdrop.JOB)
                .untilAsserted(() -> assertThat(browser.text(".failures")).contains("no one-2"));
        Awaitility.await("it has ended, so that it may be deleted")
                .until(() -> !Files.exists(lipdrop.work("staging").resolve("no one-2")));
        browser.click(".failure [data-label='failed.delete']");
        browser.click("dialog.ask .danger");
        Awaitility.await("its report is gone")
                .untilAsserted(() -> assertThat(browser.text(".failures")).doesNotContain("no one"));
    }

    @Test
    void pausesTheQueueAndCancelsWhatWaits() throws IOException {
        browser.click(".turn");
        browser.awaitText(".pill", "Paused");
        assertThat(api("queue").path("state").asText()).isEqualTo("paused");

        send("later", TestMedia.voice(), TestMedia.face());
        send("never", TestMedia.voice(), TestMedia.face());
        browser.awaitShown(".waiting .row:nth-child(2) select:enabled");
        assertThat(browser.run("return document.querySelector('.waiting .row:nth-child(2) select').value"))
                .isEqualTo("4");
        browser.run("const list = document.querySelector('.waiting .row:nth-child(2) select'); list.value = '9';"
                + " list.dispatchEvent(new Event('change'))");
        Awaitility.await("a higher priority is first")
                .untilAsserted(() ->
                        assertThat(browser.text(".waiting .row:first-child")).contains("never"));
        browser.click(".waiting .row:nth-child(2) .first");
        Awaitility.await("what is to be first is before any priority")
                .untilAsserted(() ->
                        assertThat(browser.text(".waiting .row:first-child")).contains("later"));
        browser.click(".waiting .row:nth-child(2) [data-label='job.cancel']");
        browser.awaitGone(".waiting .row:nth-child(2)");
        assertThat(lipdrop.awaitCode("never", "face")).isEqualTo("cancelled");
        assertThat(lipdrop.report("never", "face").path("by").asText()).startsWith("page:");

        browser.click(".turn");
        browser.awaitText(".pill", "Open");
        lipdrop.awaitState("later", "done");
    }

    @Test
    void goesOnWithAnUploadAfterTheBrowserWasClosed() throws IOException {
        Path film = Files.createDirectories(lipdrop.home().resolve("films")).resolve("long.mp4");
        Files.write(film, new byte[6_000_000]); // what is in it is not looked at before the end
        browser.slowUpload(150_000);
        browser.choose("#choose-voice", TestMedia.voice());
        browser.choose("#choose-videos", film);
        browser.run("document.getElementById('o-name').value = 'resumed'");
        browser.click(".compose [type='submit']");
        browser.awaitText(".uploading .share", "[1-9]\\d%");
        String place = (String)
                browser.run(
                        "return JSON.parse(localStorage.getItem('lipdrop.uploads'))[0].files.find((file) => file.name === 'long.mp4').place");

        browser.open("queue");
        browser.slowUpload(0);
        browser.awaitText(".uploading .problem", "long.mp4");
        assertThat(offset(place)).isBetween(1L, 5_999_999L);
        browser.choose(".uploading input[type='file']", film);
        browser.awaitGone(".uploading");
        assertThat(lipdrop.awaitCode("resumed", "long")).isIn("video-unsupported", "media-damaged");
        assertThat(browser.run("return localStorage.getItem('lipdrop.uploads')"))
                .isNull();
    }

    @Test
    void speaksTheLanguageOfTheBrowserAndRemembersAnother() {
        try (Browser chinese = Browser.start(lipdrop, "zh-CN,zh,en")) {
            chinese.open("queue");
            chinese.awaitText("nav", "队列");
            assertThat(chinese.run("return document.documentElement.lang")).isEqualTo("zh-CN");
            chinese.click("#language");
            chinese.awaitText("nav", "Queue");
            chinese.open("machine");
            chinese.awaitText("h1:not(.for-readers)", "");
            chinese.awaitText("#view-machine h1", "Machine");
            assertThat(chinese.run("return document.documentElement.lang")).isEqualTo("en");
            assertThat(chinese.errors()).isEmpty();
        }
    }

    @Test
    void fitsAPhone() {
        browser.resize(360, 740);
        for (String view : VIEWS) {
            browser.open(view);
            Awaitility.await(view)
                    .untilAsserted(() -> assertThat(
                                    browser.run(
                                            "return [...document.querySelectorAll('main *, header *')].filter((element) => element.checkVisibility()"
                                                    + " && element.getBoundingClientRect().right > innerWidth + 1).map((element) => element.className)"))
                            .isEqualTo(List.of()));
            assertThat(browser.run("return document.documentElement.scrollWidth - innerWidth"))
                    .as(view)
                    .isEqualTo(0L);
        }
        browser.driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    @Test
    void canBeUsedByKeyboard() {
        Actions keys = new Actions(browser.driver());
        keys.sendKeys(Keys.TAB).perform();
        assertThat(focused("className")).isEqualTo("skip");
        Set<String> reached = new TreeSet<>();
        for (int times = 0; times < 12; times++) {
            keys.sendKeys(Keys.TAB).perform();
            reached.add(focused("textContent") + "/" + focused("title"));
            assertThat(browser.run("return document.activeElement === document.body"
                            + " || getComputedStyle(document.activeElement).outlineStyle !== 'none'"))
                    .as("one sees where the focus is: %s", focused("outerHTML"))
                    .isEqualTo(true);
        }
        assertThat(reached).as("no trap").hasSizeGreaterThan(8);

        browser.run("document.querySelector('nav a[href=\"#/machine\"]').focus()");
        keys.sendKeys(Keys.ENTER).perform();
        browser.awaitShown("#view-machine");
        assertThat(focused("textContent")).as("the heading of what came").isEqualTo("Machine");
    }

    @Test
    void severalTabsShareOneStream() {
        String first = browser.driver().getWindowHandle();
        browser.driver().switchTo().newWindow(WindowType.TAB);
        browser.open("queue");
        assertThat(
                        browser.driver()
                                .executeAsyncScript(
                                        "navigator.locks.query().then((locks) => arguments[0]([locks.held, locks.pending]"
                                                + ".map((list) => list.filter((lock) => lock.name === 'lipdrop.events').length)))"))
                .isEqualTo(List.of(1L, 1L));
        browser.click(".turn");
        browser.awaitText(".pill", "Paused");
        browser.driver().switchTo().window(first);
        browser.awaitText(".pill", "Paused");

        browser.driver().close(); // the tab with the stream: the other one takes over
        browser.driver()
                .switchTo()
                .window(browser.driver().getWindowHandles().iterator().next());
        browser.click(".turn");
        browser.awaitText(".pill", "Open");
    }

    @Test
    void saysThatLipdropDoesNotAnswerAndIsBackByItself() {
        RunningLipdrop stopped = RunningLipdrop.start(RunningLipdrop.freshHome("page-stopped"));
        try (Browser watching = Browser.start(stopped, "en")) {
            watching.open("queue");
            watching.awaitText(".pill", "Open");
            stopped.kill();
            watching.awaitShown("#away");
            watching.errors(); // refused connections
            try (RunningLipdrop again = RunningLipdrop.start(stopped.home(), "server.port=" + stopped.port())) {
                watching.awaitGone("#away");
                assertThat(again.port()).isEqualTo(stopped.port());
                watching.click(".turn");
                watching.awaitText(".pill", "Paused");
            }
        } finally {
            stopped.close();
        }
    }

    private static void send(String name, Path voice, Path video) {
        browser.choose("#choose-voice", voice);
        browser.choose("#choose-videos", video);
        browser.run("document.getElementById('o-name').value = arguments[0]", name);
        browser.click(".compose [type='submit']");
        browser.awaitText(".toasts", "In the queue: " + name);
    }

    private static double time(String figure) {
        return ((Number) browser.run(
                        "return document.querySelector(arguments[0] + ' video').currentTime", "dialog " + figure))
                .doubleValue();
    }

    private static String focused(String property) {
        return String.valueOf(browser.run("return document.activeElement[arguments[0]]", property));
    }

    private static long offset(String place) throws IOException {
        return lipdrop.send("HEAD", place.replaceFirst("http://[^/]+", ""), "Tus-Resumable", "1.0.0")
                .headers()
                .firstValueAsLong("Upload-Offset")
                .orElse(-1);
    }

    private static JsonNode api(String path) throws IOException {
        return new ObjectMapper().readTree(lipdrop.get("/api/" + path).body());
    }
}
