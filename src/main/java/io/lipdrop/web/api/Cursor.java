package io.lipdrop.web.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lipdrop.web.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of a list begins: what its last item was, and not how many there were, so that items that come and go
 * meanwhile shift nothing. Opaque to clients.
 *
 * @param parts the kind of the list, and what tells its items' order
 */
record Cursor(List<String> parts) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_LENGTH = 8192;

    Cursor {
        parts = List.copyOf(parts);
    }

    static Cursor of(String list, String... parts) {
        return new Cursor(Stream.concat(Stream.of(list), Arrays.stream(parts)).toList());
    }

    /**
     * What a client has sent; null where it has sent none.
     *
     * @param list which list it must be of
     * @param size how many parts it must have at least
     */
    static @Nullable Cursor read(@Nullable String text, String list, int size) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() > MAX_LENGTH) {
            throw unknown();
        }
        try {
            String[] parts = JSON.readValue(Base64.getUrlDecoder().decode(text), String[].class);
            boolean isOurs = parts != null
                    && parts.length > size
                    && Arrays.stream(parts).allMatch(Objects::nonNull)
                    && parts[0].equals(list);
            if (isOurs) {
                return new Cursor(Arrays.asList(parts).subList(1, parts.length));
            }
        } catch (IllegalArgumentException | IOException e) {
            throw unknown();
        }
        throw unknown();
    }

    String part(int number) {
        return parts.get(number);
    }

    Instant instant(int number) {
        try {
            return Instant.parse(part(number));
        } catch (DateTimeException e) {
            throw unknown();
        }
    }

    int number(int number) {
        try {
            return Integer.parseInt(part(number));
        } catch (NumberFormatException e) {
            throw unknown();
        }
    }

    String text() {
        try {
            byte[] json = JSON.writeValueAsString(parts).getBytes(StandardCharsets.UTF_8);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // texts can always be written
        }
    }

    static Problem unknown() {
        return Problem.badRequest(
                "The cursor is none of this list.",
                "Send next of the page before, unchanged; leave it out for the first page.");
    }
}
