package io.lipdrop.web.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class SameOriginFilterTest {
    private static final String HAWTIO = "/actuator/hawtio/index.html";
    private static final String JOLOKIA = "/actuator/jolokia";

    private String bound = "127.0.0.1";
    private List<String> hosts = List.of();

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "127.0.0.1:8080", "[::1]:8080", "[0:0:0:0:0:0:0:1]", "LOCALHOST.:8080", "127.0.0.2"
            })
    void knowsThisMachineByAllItsNames(String host) throws Exception {
        assertThat(get(HAWTIO, "Host", host)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "evil.example:8080",
                "10.1.2.3",
                "[2001:db8::1]",
                "",
                "localhost:x",
                "localhost@evil.example",
                "localhost, evil.example",
                "0x7f000001",
                "[::1",
                "localhost:8080:8080",
                "."
            })
    void refusesForeignNames(String host) throws Exception {
        assertThat(get(HAWTIO, "Host", host)).isEqualTo(403);
    }

    @Test
    void refusesARequestWithoutAHostOrWithTwo() throws Exception {
        assertThat(get(HAWTIO)).isEqualTo(403);
        MockHttpServletRequest two = request("GET", HAWTIO, "Host", "localhost");
        two.addHeader("Host", "evil.example");
        assertThat(answer(two)).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, http://localhost:8080, 200",
        "LocalHost:8080, http://localhost:8080, 200",
        "localhost, http://localhost:80, 200",
        "localhost:80, http://localhost, 200",
        "localhost:443, https://localhost, 200",
        "[::1]:8080, http://[::1]:8080, 200",
        "localhost:8080, http://localhost:3000, 403",
        "localhost:8080, http://localhost, 403",
        "localhost:8080, http://127.0.0.1:8080, 403",
        "localhost:8080, http://evil.example, 403",
        "localhost:8080, null, 403",
        "localhost:8080, '', 403",
        "localhost:8080, file://, 403",
        "localhost:8080, chrome-extension://abc, 403",
        "localhost:8080, http://localhost:8080.evil.example, 403",
        "localhost:8080, http://localhost:8080@evil.example, 403"
    })
    void judgesOriginAndRefererByTheHost(String host, String page, int status) throws Exception {
        assertThat(answer(request("POST", JOLOKIA, "Host", host, "Origin", page)))
                .isEqualTo(status);
        assertThat(get(HAWTIO, "Host", host, "Referer", page + "/a?b={c|d}")).isEqualTo(status);
    }

    @Test
    void takesWhatABrowserSaysOfWhereItComesFrom() throws Exception {
        for (String site : List.of("same-origin", "none")) {
            assertThat(get(HAWTIO, "Host", "localhost", "Sec-Fetch-Site", site)).isEqualTo(200);
        }
        for (String site : List.of("same-site", "cross-site", "", "Same-Origin", "other")) {
            assertThat(get(HAWTIO, "Host", "localhost", "Sec-Fetch-Site", site)).isEqualTo(403);
            assertThat(get(
                            "/actuator/health",
                            "Host",
                            "localhost",
                            "Sec-Fetch-Site",
                            site,
                            "Sec-Fetch-Mode",
                            "no-cors"))
                    .isEqualTo(403);
        }
    }

    @Test
    void aLinkMayLeadToAPageThatChangesNothing() throws Exception {
        for (String page : List.of(
                "/",
                "/login",
                "/api/batches",
                "/actuator",
                "/actuator/health",
                "/actuator/health/lipdrop",
                HAWTIO,
                "/actuator/hawtio")) {
            assertThat(follow("GET", page, "document")).as(page).isEqualTo(200);
            assertThat(follow("GET", page, null)).as(page).isEqualTo(200);
            assertThat(follow("GET", page, "iframe")).as(page).isEqualTo(403);
            assertThat(follow("POST", page, "document")).as(page).isEqualTo(403);
            assertThat(follow("HEAD", page, "document")).as(page).isEqualTo(403);
        }
        for (String page : List.of(
                JOLOKIA,
                JOLOKIA + "/exec/x",
                "/actuator/hawtio/jolokia/exec/x",
                "/actuator/hawtio/proxy/http/localhost",
                "/actuator/hawtio/auth/logout",
                "/actuator/heapdump",
                "/actuator/healthy")) {
            assertThat(follow("GET", page, "document")).as(page).isEqualTo(403);
        }
    }

    @Test
    void refusesPathParameters() throws Exception {
        assertThat(get("/actuator/jolokia;x=y", "Host", "localhost")).isEqualTo(403);
        assertThat(get("/assets/..;/api/batches", "Host", "localhost")).isEqualTo(403);
        assertThat(get("/api/batches/a%3Bb", "Host", "localhost")).isEqualTo(200);
    }

    @Test
    void proxiesHaveNoSay() throws Exception {
        assertThat(get(HAWTIO, "Host", "evil.example", "X-Forwarded-Host", "localhost", "Forwarded", "host=localhost"))
                .isEqualTo(403);
        assertThat(answer(request(
                        "POST", JOLOKIA, "Host", "localhost", "Origin", "http://nas", "X-Forwarded-Host", "nas")))
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", ""})
    void foreignNamesStayOutsideAlsoOnANetwork(String address) throws Exception {
        bound = address;
        hosts = List.of("NAS.example", "lip.example:8443");

        assertThat(get(HAWTIO, "Host", "evil.example:8080")).isEqualTo(403);
        assertThat(get(HAWTIO, "Host", "203.0.113.9")).isEqualTo(403);
        assertThat(get(HAWTIO, "Host", "nas.example:8080")).isEqualTo(200);
        assertThat(get(HAWTIO, "Host", "lip.example")).isEqualTo(200);
        assertThat(get(HAWTIO, "Host", InetAddress.getLocalHost().getHostName()))
                .isEqualTo(200);
        for (InetAddress own : ownAddresses()) {
            assertThat(get(HAWTIO, "Host", own.getHostAddress() + ":8080"))
                    .as("%s", own)
                    .isEqualTo(200);
        }
    }

    @Test
    void anAddressOfTheNetworkIsForeignWhileBoundToThisMachine() throws Exception {
        for (InetAddress own : ownAddresses()) {
            if (!own.isLoopbackAddress()) {
                assertThat(get(HAWTIO, "Host", own.getHostAddress())).isEqualTo(403);
            }
        }
    }

    private int follow(String method, String page, @Nullable String destination) throws Exception {
        MockHttpServletRequest request = request(
                method,
                page,
                "Host",
                "localhost",
                "Sec-Fetch-Site",
                "cross-site",
                "Sec-Fetch-Mode",
                "navigate",
                "Referer",
                "http://wiki.example/");
        // a browser that is too old to say where the page is shown
        if (destination != null) {
            request.addHeader("Sec-Fetch-Dest", destination);
        }
        return answer(request);
    }

    private int get(String path, String... headers) throws Exception {
        return answer(request("GET", path, headers));
    }

    private static MockHttpServletRequest request(String method, String path, String... headers) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.setServletPath(path);
        request.setServerName("localhost"); // which is not looked at
        for (int i = 0; i < headers.length; i += 2) {
            request.addHeader(headers[i], headers[i + 1]);
        }
        return request;
    }

    private int answer(MockHttpServletRequest request) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        MockEnvironment environment = new MockEnvironment();
        if (!bound.isEmpty()) {
            environment.setProperty("server.address", bound);
        }
        DoorSettings settings = new DoorSettings(hosts);
        Exposure exposure = new Exposure(environment);
        new SameOriginFilter(
                        new KnownHosts(settings, exposure, bound),
                        new Pages(new WebEndpointProperties()),
                        new ObjectMapper())
                .doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }

    private static List<InetAddress> ownAddresses() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .toList();
    }
}
