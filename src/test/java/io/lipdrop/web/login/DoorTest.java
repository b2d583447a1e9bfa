package io.lipdrop.web.login;

import static io.lipdrop.web.login.WebLayer.OPERATOR_TOKEN;
import static io.lipdrop.web.login.WebLayer.PASSWORD;
import static io.lipdrop.web.login.WebLayer.VIEWER_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.web.login.WebLayer.Browser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may do what: each kind of call, by each kind of caller. */
class DoorTest {
    private static final String READ =
            "{\"type\": \"read\", \"mbean\": \"java.lang:type=Memory\", \"attribute\": \"HeapMemoryUsage\"}";
    /** The login page is for people. */
    private static final int ANY = -1;

    private static WebLayer web;

    @BeforeAll
    static void start() throws IOException {
        web = WebLayer.startWithLogin();
    }

    @AfterAll
    static void stop() {
        web.close();
    }

    /** Statuses of: nobody, a wrong token, a viewer, an operator. */
    private static final Map<String, List<Integer>> CALLS = calls(
            "GET /api/session          401 401 200 200",
            "GET /api/things/a         401 401 200 200",
            "HEAD /api/things/a        401 401 200 200",
            "POST /api/things/a        401 401 403 200",
            "PUT /api/things/a         401 401 403 200",
            "PATCH /api/things/a       401 401 403 200",
            "DELETE /api/things/a      401 401 403 200",
            "GET /api/later            401 401 200 200",
            "GET /api/nothing          401 401 404 404",
            "DELETE /api/nothing       401 401 403 404",
            "GET /actuator/health      200 401 200 200",
            "GET /actuator/health/ping 401 401 200 200",
            "GET /actuator/prometheus  401 401 200 200",
            "GET /actuator             401 401 200 200",
            "GET /actuator/heapdump    401 401 403 404",
            "GET /actuator/jolokia     401 401 200 200",
            "POST /actuator/jolokia    401 401 200 200",
            "POST /actuator/hawtio/jolokia    401 401 200 200",
            "GET /actuator/hawtio/index.html  401 401 200 200",
            "GET /login                200 401 --- ---",
            "GET /login/style.css      200 401 --- ---",
            "GET /assets/nothing.css   404 401 404 404",
            "GET /assets/..;/api/things/a 403 403 403 403",
            "GET /assets/%2e%2e/api/things/a 403 403 403 403",
            "GET /actuator/jolokia;a=b    403 403 403 403",
            "GET /assets//../api/things/a 403 403 403 403",
            "GET /                     401 401 200 200");

    private static Map<String, List<Integer>> calls(String... lines) {
        Map<String, List<Integer>> calls = new LinkedHashMap<>();
        for (String line : lines) {
            String[] words = line.split(" +");
            calls.put(
                    words[0] + " " + words[1],
                    Arrays.stream(words)
                            .skip(2)
                            .map(word -> word.equals("---") ? ANY : Integer.valueOf(word))
                            .toList());
        }
        return calls;
    }

    @Test
    void programsAreJudgedByTheirTokens() {
        holds(0);
        holds(1, "Authorization", "Bearer wrong");
        holds(2, "Authorization", "Bearer " + VIEWER_TOKEN);
        holds(3, "Authorization", "bearer  " + OPERATOR_TOKEN);
    }

    @Test
    void peopleAreJudgedByTheirSessions() {
        holds(2, web.logIn(web.port(), "王芳", PASSWORD).headers());
        holds(3, web.logIn(web.port(), "anna", PASSWORD).headers());
        holds(0, "Cookie", "lipdrop-0=0123456789ABCDEF0123456789ABCDEF");
        holds(0, "Authorization", "Basic YW5uYTp4");
    }

    private static void holds(int column, String... headers) {
        List<String> wrong = new ArrayList<>();
        CALLS.forEach((call, statuses) -> {
            int status = status(call, headers);
            if (statuses.get(column) != ANY && status != statuses.get(column)) {
                wrong.add(call + ": " + status + ", not " + statuses.get(column));
            }
        });
        assertThat(wrong).as("column %d, %s", column, List.of(headers)).isEmpty();
    }

    private static int status(String call, String... headers) {
        String[] words = call.split(" ", 2);
        String[] json = Arrays.copyOf(headers, headers.length + 2);
        json[headers.length] = "Content-Type";
        json[headers.length + 1] = "application/json";
        return web.send(web.port(), words[0], words[1], words[0].equals("POST") ? READ : "", json)
                .statusCode();
    }

    @Test
    void withoutTheTokenOfOurPageASessionChangesNothing() {
        Browser anna = web.logIn(web.port(), "anna", PASSWORD);
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            HttpResponse<String> answer = web.send(method, "/api/things/a", anna.headersWithoutCsrf());
            assertThat(answer.statusCode()).as(method).isEqualTo(403);
            assertThat(answer.body()).contains("\"code\":\"csrf\"", "hint");
            assertThat(web.send(method, "/api/things/a", "Cookie", anna.cookies(), "X-XSRF-TOKEN", "other")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(web.send("GET", "/api/things/a", anna.headersWithoutCsrf()).statusCode())
                .isEqualTo(200);
        assertThat(web.send("POST", "/logout", anna.headersWithoutCsrf()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void noOtherPageActsForSomebodyWhoIsLoggedIn() {
        Browser anna = web.logIn(web.port(), "anna", PASSWORD);
        for (List<String> header : List.of(
                List.of("Origin", "http://evil.example"),
                List.of("Sec-Fetch-Site", "cross-site"),
                List.of("Sec-Fetch-Site", "same-site"))) {
            for (String method : List.of("GET", "POST", "DELETE")) {
                assertThat(web.send(method, "/api/things/a", anna.headers(header.toArray(String[]::new)))
                                .statusCode())
                        .as("%s %s", method, header)
                        .isEqualTo(403);
            }
            assertThat(web.send("POST", "/login", header.toArray(String[]::new)).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void underAForeignNameNobodyComesIn() {
        for (String host : List.of("evil.example", "127.0.0.1.evil.example", "192.0.2.1")) {
            assertThat(web.statusAs(host, "/api/session", "Authorization", "Bearer " + OPERATOR_TOKEN))
                    .as(host)
                    .isEqualTo(403);
            assertThat(web.statusAs(host, "/actuator/health")).as(host).isEqualTo(403);
            assertThat(web.statusAs(host, "/login")).as(host).isEqualTo(403);
        }
        assertThat(web.statusAs("localhost", "/api/session", "Authorization", "Bearer " + OPERATOR_TOKEN))
                .isEqualTo(200);
    }

    @Test
    void refusalsSayWhatToDo() {
        HttpResponse<String> nobody = web.send("GET", "/api/things/a", "Accept", "text/html");
        assertThat(nobody.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"Lipdrop\"");
        assertThat(nobody.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(nobody.body()).contains("\"status\":401", "\"code\":\"login-needed\"", "/login");
        assertThat(web.send("POST", "/api/things/a", "Authorization", "Bearer " + VIEWER_TOKEN)
                        .body())
                .contains("\"status\":403", "\"code\":\"role-viewer\"", "operator");
        assertThat(web.send("GET", "/api/session", "Authorization", "Bearer wrong")
                        .body())
                .contains("\"code\":\"token-unknown\"", "--new-token");
    }

    @Test
    void everyErrorOfTheApiIsAProblem() {
        String[] operator = {"Authorization", "Bearer " + OPERATOR_TOKEN};
        for (HttpResponse<String> answer : List.of(
                web.send("GET", "/api/broken", operator),
                web.send("GET", "/api//things/a", operator),
                web.send("GET", "/api/things/a;b", operator),
                web.send("GET", "/api/nothing", operator),
                web.send("POST", "/api/things/a", "Origin", "http://evil.example"),
                web.send("GET", "/api/broken", "Authorization", "Bearer " + OPERATOR_TOKEN, "Accept", "text/html"))) {
            assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                    .as(answer.body())
                    .startsWith("application/problem+json");
            assertThat(answer.body())
                    .contains(
                            "\"status\":" + answer.statusCode(),
                            "\"code\":\"",
                            "\"hint\":\"",
                            "\"title\":\"",
                            "\"detail\":\"")
                    .doesNotContain("for nobody's eyes");
        }
    }

    @Test
    void aViewerIsJudgedByTheMethodThatWasSent() {
        for (String header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
            assertThat(web.send("GET", "/api/things/a", "Authorization", "Bearer " + VIEWER_TOKEN, header, "DELETE")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(web.send("POST", "/api/things/a", "Authorization", "Bearer " + VIEWER_TOKEN, header, "GET")
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void pagesLeadToTheLoginAndBack() {
        HttpResponse<String> page = web.send("GET", "/actuator/hawtio/index.html?a=b&c", "Accept", "text/html,*/*");
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location").orElse(""))
                .endsWith("/login?next=%2Factuator%2Fhawtio%2Findex.html%3Fa%3Db%26c");

        HttpResponse<String> in = web.tryToLogIn(web.port(), "anna", PASSWORD, "/actuator/hawtio/index.html?a=b&c");
        assertThat(in.statusCode()).isEqualTo(303);
        assertThat(in.headers().firstValue("Location")).hasValue("/actuator/hawtio/index.html?a=b&c");
        for (String elsewhere : List.of(
                "//evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "http://evil.example",
                "javascript:1",
                "/\t/evil.example",
                "")) {
            assertThat(web.tryToLogIn(web.port(), "anna", PASSWORD, elsewhere)
                            .headers()
                            .firstValue("Location"))
                    .as(elsewhere)
                    .hasValue("/");
        }
    }

    @Test
    void aLinkOfAnotherSiteLeadsOnFromAPageOfOurs() {
        HttpResponse<String> page = web.send(
                "GET",
                "/?x=%22%3C",
                "Accept",
                "text/html",
                "Sec-Fetch-Site",
                "cross-site",
                "Sec-Fetch-Mode",
                "navigate");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("content=\"0; url=/login?next=%2F%3Fx%3D%2522%253C\"");
    }

    @Test
    void theSessionCookieIsForTheServerAndForThisSiteOnly() {
        List<String> cookies =
                web.tryToLogIn(web.port(), "anna", PASSWORD, "/").headers().allValues("Set-Cookie");

        assertThat(cookies)
                .anySatisfy(
                        cookie -> assertThat(cookie).startsWith("lipdrop-0=").contains("HttpOnly", "SameSite=Strict"));
    }

    @Test
    void loggingInChangesTheSessionAndLoggingOutEndsIt() {
        Browser anna = web.logIn(web.port(), "anna", PASSWORD);
        Browser again = web.logIn(web.port(), "anna", PASSWORD);
        assertThat(again.cookies()).isNotEqualTo(anna.cookies());

        HttpResponse<String> out = web.send("POST", "/logout", anna.headers());

        assertThat(out.statusCode()).isEqualTo(302);
        assertThat(web.send("GET", "/api/session", anna.headers()).statusCode()).isEqualTo(401);
        assertThat(web.send("GET", "/api/session", again.headers()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void theSessionSaysWhoItIs() {
        Browser wang = web.logIn(web.port(), "王芳", PASSWORD);
        assertThat(web.send("GET", "/api/session", wang.headers()).body())
                .contains("\"login\":true", "\"user\":\"王芳\"", "\"role\":\"viewer\"", "\"csrf\":\"" + wang.csrf());
        assertThat(web.send("GET", "/api/session", "Authorization", "Bearer " + OPERATOR_TOKEN)
                        .body())
                .contains("\"user\":\"operator-program\"", "\"role\":\"operator\"", "\"csrf\":null");
        assertThat(web.send("GET", "/api/things/a", wang.headers("Sec-Fetch-Site", "same-origin"))
                        .body())
                .isEqualTo("a for page:王芳");
        assertThat(web.send("GET", "/api/things/a", "Authorization", "Bearer " + OPERATOR_TOKEN)
                        .body())
                .isEqualTo("a for api:operator-program");
    }

    @Test
    void healthHasDetailsForThoseWhoAreLoggedIn() {
        assertThat(web.send("GET", "/actuator/health").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(web.send("GET", "/actuator/health", "Authorization", "Bearer " + VIEWER_TOKEN)
                        .body())
                .contains("components");
    }

    @Test
    void aViewerLooksWithHawtioAndStopsNothing() {
        String stop =
                "{\"type\": \"exec\", \"mbean\": \"org.apache.camel:context=x,type=routes,name=\\\"y\\\"\", \"operation\": \"stop()\"}";
        assertThat(jolokia(READ, VIEWER_TOKEN)).contains("\"status\":200", "committed");
        assertThat(jolokia(stop, VIEWER_TOKEN)).contains("\"status\":403");
        assertThat(jolokia(stop, OPERATOR_TOKEN)).contains("\"status\":404"); // there is no such route here
        for (String secret : List.of(
                "{\"type\": \"read\", \"mbean\": \"java.lang:type=Runtime\", \"attribute\": \"SystemProperties\"}",
                "{\"type\": \"read\", \"mbean\": \"java.lang:type=Runtime\", \"attribute\": [\"InputArguments\"]}",
                "{\"type\": \"exec\", \"mbean\": \"com.sun.management:type=DiagnosticCommand\", \"operation\": \"vmVersion\"}",
                "{\"type\": \"read\", \"mbean\": \"Tomcat:type=Server\"}")) {
            assertThat(jolokia(secret, OPERATOR_TOKEN))
                    .as(secret)
                    .doesNotContain("user.dir", "-cp")
                    .containsPattern("40[34]");
        }
        assertThat(jolokia("{\"type\": \"read\", \"mbean\": \"java.lang:type=Runtime\"}", OPERATOR_TOKEN))
                .contains("VmVersion")
                .doesNotContain("java.class.path", "user.dir");
    }

    private static String jolokia(String request, String token) {
        return web.send(
                        web.port(),
                        "POST",
                        "/actuator/jolokia",
                        request,
                        "Authorization",
                        "Bearer " + token,
                        "Content-Type",
                        "application/json")
                .body();
    }

    @Test
    void everyAnswerHasItsHeaders() {
        for (String path : List.of("/", "/login", "/api/session", "/actuator/health", "/nothing")) {
            HttpResponse<String> answer = web.send("GET", path);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                    .as(path)
                    .hasValue("nosniff");
            assertThat(answer.headers().firstValue("Referrer-Policy")).as(path).hasValue("same-origin");
        }
        assertThat(web.send("GET", "/api/session").headers().firstValue("Cache-Control"))
                .hasValue("no-store");
    }

    @Test
    void namesMayBeHostile() {
        for (String name : List.of("a%25b", "a%3Bb", "%E4%BD%A0%0A%E2%80%A8", "a%20b", "..%20a")) {
            assertThat(web.send("GET", "/api/things/" + name, "Authorization", "Bearer " + VIEWER_TOKEN)
                            .statusCode())
                    .as(name)
                    .isEqualTo(200);
        }
        assertThat(web.statusAs(
                        "localhost",
                        "/api/things/a",
                        "Authorization",
                        "Bearer " + VIEWER_TOKEN,
                        "X-Name",
                        "Jürgen 你\u0085"))
                .isEqualTo(200);
    }

    @Test
    void theLoginPageSpeaksEnglishAndChinese() {
        assertThat(web.send("GET", "/login", "Accept-Language", "de, zh-CN;q=0.8, en;q=0.5")
                        .body())
                .contains("lang=\"zh\"", "登录");
        assertThat(web.send("GET", "/login", "Accept-Language", "de").body()).contains("lang=\"en\"", "Log in");
        assertThat(web.send("GET", "/login?lang=zh").body()).contains("登录");
        String wrong =
                web.tryToLogIn(web.port(), "<script>", "x", "/\"><script>").body();
        assertThat(wrong).contains("&lt;script&gt;", "not right").doesNotContain("<script");
    }
}
