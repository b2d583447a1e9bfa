package io.lipdrop.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium without a window, as installed on this machine. Nothing is fetched: where there is none, the test is skipped and says so. */
final class Browser implements AutoCloseable {
    private final ChromeDriver driver;
    private final String root;

    private Browser(ChromeDriver driver, int port) {
        this.driver = driver;
        this.root = "http://127.0.0.1:" + port + "/";
    }

    /**
     * Starts one with an empty profile.
     *
     * @param languages what its person reads: {@code zh-CN,zh}
     */
    static Browser start(RunningLipdrop lipdrop, String languages) {
        Path chromium = installed("chromium", "chromium-browser", "google-chrome");
        Path chromedriver = installed("chromedriver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // as root
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--autoplay-policy=no-user-gesture-required",
                "--window-size=1280,900");
        options.setExperimentalOption("prefs", Map.of("intl.accept_languages", languages));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options), lipdrop.port());
    }

    private static Path installed(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() ->
                        abort(("not tested in a browser: there is no %s on this machine (Debian: apt install chromium "
                                        + "chromium-driver)")
                                .formatted(names[0])));
    }

    void open(String view) {
        driver.get("about:blank"); // another fragment alone would not load it again
        driver.get(root + "#/" + view);
        Awaitility.await("the page is ready").until(() -> isThere("body.ready"));
    }

    ChromeDriver driver() {
        return driver;
    }

    WebElement element(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    boolean isThere(String css) {
        return !driver.findElements(By.cssSelector(css)).isEmpty();
    }

    boolean isShown(String css) {
        return Boolean.TRUE.equals(run(
                "return [...document.querySelectorAll(arguments[0])].some((element) => element.checkVisibility())",
                css));
    }

    String text(String css) {
        return Objects.requireNonNullElse(
                (String) run("return document.querySelector(arguments[0])?.innerText", css), "");
    }

    /** Waits until it is shown, brings it into the middle of the window, and clicks. */
    void click(String css) {
        awaitShown(css);
        Awaitility.await(css + " can be clicked")
                .ignoreException(StaleElementReferenceException.class) // a list was read anew in between
                .ignoreException(ElementClickInterceptedException.class) // a message lay over it
                .until(() -> {
                    run("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", css);
                    element(css).click();
                    return true;
                });
    }

    /** Chooses files as a person does in the window that opens. */
    void choose(String input, Path... files) {
        element(input)
                .sendKeys(String.join("\n", Stream.of(files).map(Path::toString).toList()));
    }

    void awaitShown(String css) {
        Awaitility.await(css + " is shown").until(() -> isShown(css));
    }

    void awaitGone(String css) {
        Awaitility.await(css + " is gone").until(() -> !isShown(css));
    }

    void awaitText(String css, String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        Awaitility.await(css + " says " + pattern)
                .untilAsserted(() -> assertThat(text(css)).containsPattern(wanted));
    }

    Object run(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    /** A window of this size, as a phone has it. */
    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", true));
    }

    /** A line that carries so many bytes a second upwards; 0: any number. */
    void slowUpload(int bytes) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of(
                        "offline",
                        false,
                        "latency",
                        0,
                        "downloadThroughput",
                        -1,
                        "uploadThroughput",
                        bytes == 0 ? -1 : bytes));
    }

    /** What the console has of errors since it was asked last, what breaks the page's policy among it. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
