package io.lipdrop.web.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lipdrop.web.account.Accounts;
import io.lipdrop.web.door.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Lipdrop's door with the actuator, Hawtio, Jolokia and an API of one thing behind it. */
final class WebLayer implements AutoCloseable {
    static final String PASSWORD = "Maß für 你好";
    /** Of {@link #PASSWORD}. */
    static final String HASH = new BCryptPasswordEncoder(4).encode(PASSWORD);

    static final String OPERATOR_TOKEN = "lipdrop_operator";
    static final String VIEWER_TOKEN = "lipdrop_viewer";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;

    private WebLayer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static WebLayer start(String... settings) throws IOException {
        Path home = Files.createTempDirectory("lipdrop-door-");
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("lipdrop.home", home.toString());
        all.put("server.port", "0");
        for (String setting : settings) {
            all.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        List<String> arguments = new ArrayList<>();
        all.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new WebLayer(new SpringApplicationBuilder(Application.class).run(arguments.toArray(String[]::new)));
    }

    /** Two people and two programs. */
    static WebLayer startWithLogin(String... more) throws IOException {
        List<String> settings = new ArrayList<>(List.of(more));
        String[] roles = {"operator", "viewer"};
        String[] names = {"anna", "王芳"};
        String[] tokens = {OPERATOR_TOKEN, VIEWER_TOKEN};
        for (int i = 0; i < roles.length; i++) {
            settings.add("lipdrop.users[%d].name=%s".formatted(i, names[i]));
            settings.add("lipdrop.users[%d].role=%s".formatted(i, roles[i]));
            settings.add("lipdrop.users[%d].bcrypt=%s".formatted(i, HASH));
            settings.add("lipdrop.tokens[%d].name=%s".formatted(i, roles[i] + "-program"));
            settings.add("lipdrop.tokens[%d].role=%s".formatted(i, roles[i]));
            settings.add("lipdrop.tokens[%d].sha256=%s".formatted(i, Accounts.sha256(tokens[i])));
        }
        return start(settings.toArray(String[]::new));
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    int managementPort() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));
    }

    HttpResponse<String> send(String method, String path, String... headers) {
        return send(port(), method, path, "", headers);
    }

    HttpResponse<String> send(int port, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return quietly(() -> client.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString()));
    }

    /** The status of a GET under any host name. */
    int statusAs(String host, String path, String... headers) {
        StringBuilder text =
                new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            text.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        return quietly(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
                socket.getOutputStream().write((text + "\r\n").getBytes(UTF_8));
                String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
                return Integer.parseInt(answer.split(" ", 3)[1]);
            }
        });
    }

    /** What a browser keeps. */
    record Browser(String cookies, String csrf) {
        String[] headers(String... more) {
            List<String> all = new ArrayList<>(List.of("Cookie", cookies, "X-XSRF-TOKEN", csrf));
            all.addAll(List.of(more));
            return all.toArray(String[]::new);
        }

        String[] headersWithoutCsrf() {
            return new String[] {"Cookie", cookies};
        }
    }

    /** Opens the login page, sends its form, and keeps the cookies. */
    Browser logIn(int port, String user, String password) {
        HttpResponse<String> answer = tryToLogIn(port, user, password, "/");
        Map<String, String> cookies = cookies(answer);
        String csrf = cookies.getOrDefault("XSRF-TOKEN", "");
        if (csrf.isEmpty()) { // logging in takes the old one away; any answer brings a new one
            String session = answer.headers().allValues("Set-Cookie").stream()
                    .filter(cookie -> cookie.startsWith("lipdrop-"))
                    .map(cookie -> cookie.split(";", 2)[0])
                    .findFirst()
                    .orElse("none=");
            cookies.putAll(cookies(send(port, "GET", "/api/session", "", "Cookie", session)));
            csrf = cookies.getOrDefault("XSRF-TOKEN", "");
        }
        List<String> words = new ArrayList<>();
        cookies.forEach((name, value) -> words.add(name + "=" + value));
        return new Browser(String.join("; ", words), csrf);
    }

    HttpResponse<String> tryToLogIn(int port, String user, String password, String next) {
        HttpResponse<String> page = send(port, "GET", "/login", "");
        String csrf = cookies(page).getOrDefault("XSRF-TOKEN", "");
        return send(
                port,
                "POST",
                "/login",
                "username=%s&password=%s&next=%s&_csrf=%s"
                        .formatted(encoded(user), encoded(password), encoded(next), encoded(csrf)),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Cookie",
                "XSRF-TOKEN=" + csrf);
    }

    static Map<String, String> cookies(HttpResponse<?> answer) {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String pair = cookie.split(";", 2)[0];
            cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return cookies;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static <T> T quietly(Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @ConfigurationPropertiesScan("io.lipdrop.web")
    @ComponentScan({
        "io.lipdrop.web.door",
        "io.lipdrop.web.account",
        "io.lipdrop.web.login",
        "io.lipdrop.web.console",
        "io.lipdrop.web.problem"
    })
    @Import(Things.class)
    static class Application {}

    @RestController
    static class Things {
        @RequestMapping(
                path = "/api/things/{name}",
                method = {
                    RequestMethod.GET,
                    RequestMethod.POST,
                    RequestMethod.PUT,
                    RequestMethod.PATCH,
                    RequestMethod.DELETE
                })
        String thing(@PathVariable String name, HttpServletRequest request) {
            return name + " for " + Caller.of(request);
        }

        @GetMapping("/api/broken")
        String broken() {
            throw new IllegalStateException("for nobody's eyes");
        }

        @GetMapping("/")
        String page() {
            return "page";
        }

        @GetMapping("/api/later")
        Callable<String> later() {
            return () -> "later";
        }
    }
}
