package io.lipdrop.web.door;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lipdrop.web.problem.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;

/** Rejects a request with a readable line. */
public final class Refusal {
    private Refusal() {}

    public static void send(HttpServletResponse response, String reason) throws IOException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType("text/plain");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().println(reason);
    }

    /** The same in the form of the API's errors. */
    static void send(HttpServletResponse response, String reason, ObjectMapper json) throws IOException {
        new Problem(
                        HttpStatus.FORBIDDEN,
                        "refused",
                        reason,
                        "Send it from Lipdrop's own page or from a program, under a known name of this machine.")
                .send(response, json);
    }
}
