package io.lipdrop.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class SameOriginFilterTest {
    @Test
    void letsThisMachineIn() throws Exception {
        assertThat(answer("127.0.0.1", "localhost", null)).isEqualTo(200);
        assertThat(answer("127.0.0.1", "127.0.0.1", "http://127.0.0.1:8080")).isEqualTo(200);
    }

    @Test
    void keepsOtherPagesOut() throws Exception {
        assertThat(answer("127.0.0.1", "localhost", "http://evil.example")).isEqualTo(403);
        assertThat(answer("127.0.0.1", "localhost", "null")).isEqualTo(403);
        assertThat(answer("0.0.0.0", "nas.example", "http://evil.example")).isEqualTo(403);
    }

    @Test
    void keepsForeignNamesOutWhileBoundToThisMachine() throws Exception {
        assertThat(answer("127.0.0.1", "evil.example", null)).isEqualTo(403);
        assertThat(answer("0.0.0.0", "nas.example", null)).isEqualTo(200);
    }

    private static int answer(String bound, String name, @Nullable String origin) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/actuator/jolokia");
        request.setServerName(name);
        request.addHeader("Host", name + ":8080");
        if (origin != null) {
            request.addHeader("Origin", origin);
        }
        MockHttpServletResponse response = new MockHttpServletResponse();
        new SameOriginFilter(InetAddress.getByName(bound)).doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }
}
