package io.lipdrop.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The description of all calls (OpenAPI 3.1), written by hand: a file for each part in {@code openapi/} on the classpath. Two parts may
 * describe different methods of one path.
 */
final class OpenApi {
    private static final String PARTS = "classpath*:openapi/*.json";

    private OpenApi() {}

    /** All parts as one document. */
    static ObjectNode merged(ObjectMapper json) throws IOException {
        ObjectNode whole = json.createObjectNode();
        whole.put("openapi", "3.1.0");
        for (Resource part : parts()) {
            try (InputStream content = part.getInputStream()) {
                add(whole, json.readTree(content));
            }
        }
        return whole;
    }

    private static List<Resource> parts() throws IOException {
        return Arrays.stream(new PathMatchingResourcePatternResolver().getResources(PARTS))
                .sorted(Comparator.comparing(part -> String.valueOf(part.getFilename())))
                .toList();
    }

    /** Objects are merged, everything else is taken as it is. */
    private static void add(ObjectNode to, JsonNode part) {
        part.properties().forEach(field -> {
            JsonNode known = to.get(field.getKey());
            if (known instanceof ObjectNode both && field.getValue().isObject()) {
                add(both, field.getValue());
            } else {
                to.set(field.getKey(), field.getValue());
            }
        });
    }
}
