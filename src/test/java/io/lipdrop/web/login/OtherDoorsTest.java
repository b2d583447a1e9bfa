package io.lipdrop.web.login;

import static io.lipdrop.web.login.WebLayer.OPERATOR_TOKEN;
import static io.lipdrop.web.login.WebLayer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.web.login.WebLayer.Browser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without a login, with the actuator on a port of its own, and with somebody who guesses. */
class OtherDoorsTest {
    @Test
    void withoutALoginEverybodyHereIsTheOperator() throws IOException {
        try (WebLayer web = WebLayer.start("lipdrop.console.open-without-login=true")) {
            assertThat(web.send("GET", "/api/session").body())
                    .isEqualTo("{\"login\":false,\"user\":\"local\",\"role\":\"operator\",\"csrf\":null}");
            for (String method : List.of("GET", "POST", "DELETE")) {
                assertThat(web.send(method, "/api/things/a").body()).isEqualTo("a for api:local");
                assertThat(web.send(method, "/api/things/a", "Authorization", "Bearer any")
                                .statusCode())
                        .isEqualTo(200);
                assertThat(web.send(method, "/api/things/a", "Origin", "http://evil.example")
                                .statusCode())
                        .isEqualTo(403);
            }
            assertThat(web.send("GET", "/actuator/health").body()).contains("components");
            assertThat(web.send("GET", "/login").statusCode()).isEqualTo(302);
            assertThat(web.send("GET", "/actuator/hawtio/index.html").statusCode())
                    .isEqualTo(200);
            assertThat(web.send("GET", "/").headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(web.send("GET", "/").headers().firstValue("Content-Security-Policy"))
                    .isPresent();
        }
    }

    @Test
    void theActuatorsOwnPortHasTheSameDoorAndSessionsOfItsOwn() throws IOException {
        try (WebLayer web =
                WebLayer.startWithLogin("management.server.port=0", "management.server.address=127.0.0.1")) {
            int port = web.managementPort();
            assertThat(port).isNotEqualTo(web.port());
            assertThat(web.send(port, "GET", "/actuator/health", "").body()).isEqualTo("{\"status\":\"UP\"}");
            assertThat(web.send(port, "GET", "/actuator/prometheus", "").statusCode())
                    .isEqualTo(401);
            assertThat(web.send(port, "POST", "/actuator/jolokia", "{}").statusCode())
                    .isEqualTo(401);
            assertThat(web.send(port, "GET", "/actuator/prometheus", "", "Authorization", "Bearer " + OPERATOR_TOKEN)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(web.send(port, "GET", "/actuator/prometheus", "", "Authorization", "Bearer x")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(web.send(port, "GET", "/login", "").body()).contains("<form");
            assertThat(web.send(port, "GET", "/login/style.css", "").statusCode())
                    .isEqualTo(200);

            HttpResponse<String> in = web.tryToLogIn(port, "anna", PASSWORD, "/actuator/hawtio");
            assertThat(in.statusCode()).isEqualTo(303);
            assertThat(WebLayer.cookies(in).keySet())
                    .doesNotContainAnyElementsOf(
                            WebLayer.cookies(web.tryToLogIn(web.port(), "anna", PASSWORD, "/")).keySet().stream()
                                    .filter(name -> name.startsWith("lipdrop-"))
                                    .toList());
        }
    }

    @Test
    void whoGuessesPasswordsWaits() throws IOException {
        try (WebLayer web = WebLayer.startWithLogin()) {
            Browser wang = web.logIn(web.port(), "王芳", PASSWORD);
            for (int i = 0; i < 5; i++) {
                assertThat(web.tryToLogIn(web.port(), "anna", "guess" + i, "/").statusCode())
                        .isEqualTo(401);
            }
            HttpResponse<String> sixth = web.tryToLogIn(web.port(), "anna", PASSWORD, "/");
            assertThat(sixth.statusCode()).isEqualTo(429);
            assertThat(sixth.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(1L, 60L);
            assertThat(web.send("GET", "/api/session", wang.headers()).statusCode())
                    .isEqualTo(200);
            assertThat(web.send("GET", "/api/session", "Authorization", "Bearer " + OPERATOR_TOKEN)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whoGuessesTokensWaitsButNotWhoRepeatsAnOldOne() throws IOException {
        try (WebLayer web = WebLayer.startWithLogin()) {
            for (int i = 0; i < 50; i++) {
                assertThat(session(web, "old").statusCode()).isEqualTo(401);
            }
            assertThat(session(web, OPERATOR_TOKEN).statusCode()).isEqualTo(200);
            int guesses = 1;
            while (session(web, "guess" + guesses).statusCode() == 401 && guesses < 100) {
                guesses++;
            }
            assertThat(guesses).isEqualTo(20);
            assertThat(session(web, "again")
                            .headers()
                            .firstValueAsLong("Retry-After")
                            .orElse(0))
                    .isBetween(1L, 60L);
        }
    }

    private static HttpResponse<String> session(WebLayer web, String token) {
        return web.send("GET", "/api/session", "Authorization", "Bearer " + token);
    }
}
