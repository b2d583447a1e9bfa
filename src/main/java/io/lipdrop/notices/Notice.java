package io.lipdrop.notices;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.lipdrop.home.Documents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document in {@code work/notices/}: what one channel has still to tell.
 *
 * @param id the same for every try and every channel, so that who hears it twice can know
 * @param type {@code batch.ended} or {@code queue.waiting}
 * @param timestamp when it happened
 * @param data what happened
 * @param refusals how often it was refused
 * @param trouble why it is still here
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Notice(
        String id,
        String type,
        Instant timestamp,
        JsonNode data,
        int refusals,
        @Nullable String trouble) {
    static final String BATCH_ENDED = "batch.ended";
    static final String QUEUE_WAITING = "queue.waiting";

    /**
     * A notice that nobody has heard yet.
     *
     * @param what names what happened, and nothing else ever
     * @param data a document that says what happened
     */
    static Notice of(String type, String what, Instant timestamp, Object data) throws IOException {
        UUID unique = UUID.nameUUIDFromBytes((type + "\n" + what).getBytes(StandardCharsets.UTF_8));
        return new Notice(
                "msg_" + unique.toString().replace("-", ""),
                type,
                timestamp,
                Documents.read(Documents.bytes(data), JsonNode.class),
                0,
                null);
    }

    Notice refused(String why) {
        return new Notice(id, type, timestamp, data, refusals + 1, why);
    }

    Notice troubled(String why) {
        return new Notice(id, type, timestamp, data, refusals, why);
    }

    /** What is sent: type, timestamp and data. */
    byte[] body() throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type);
        body.put("timestamp", timestamp);
        body.put("data", data);
        return Documents.bytes(body);
    }
}
