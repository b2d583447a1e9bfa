package io.lipdrop.web.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/openapi.json}. */
@RestController
@ConditionalOnWebApplication
class OpenApiController {
    private final ObjectMapper json;
    private byte[] document = {};

    OpenApiController(ObjectMapper json) {
        this.json = json;
    }

    @GetMapping(path = "/api/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    synchronized byte[] document() throws IOException {
        if (document.length == 0) {
            document = json.writeValueAsBytes(OpenApi.merged(json));
        }
        return document.clone();
    }
}
