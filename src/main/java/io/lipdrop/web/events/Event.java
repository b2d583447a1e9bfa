package io.lipdrop.web.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One event as it goes over the wire; serialised once for all clients. */
final class Event {
    private final long number;
    private final byte[] block;
    private final int nameless; // where the block begins without its id
    private final @Nullable String progressOf;

    private Event(long number, byte[] block, int nameless, @Nullable String progressOf) {
        this.number = number;
        this.block = block;
        this.nameless = nameless;
        this.progressOf = progressOf;
    }

    /** Its place among all events of this start. */
    long number() {
        return number;
    }

    /** {@code id}, {@code event} and {@code data}, with the empty line that ends them. */
    byte[] block() {
        return block;
    }

    /** The job whose progress it tells; nothing where it tells anything else. */
    @Nullable
    String progressOf() {
        return progressOf;
    }

    static Event of(String id, long number, String name, byte[] data, @Nullable String progressOf) {
        byte[] head = ("id: " + id + "\n").getBytes(UTF_8);
        byte[] body = body(name, data);
        byte[] block = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, block, head.length, body.length);
        return new Event(number, block, head.length, progressOf);
    }

    /** The block without an id: a client that breaks off before the next id asks again for all from the last id on. */
    byte[] withoutId() {
        return Arrays.copyOfRange(block, nameless, block.length);
    }

    /** An event without an id. */
    static byte[] body(String name, byte[] data) {
        byte[] head = ("event: " + name + "\ndata: ").getBytes(UTF_8);
        byte[] body = Arrays.copyOf(head, head.length + data.length + 2);
        System.arraycopy(data, 0, body, head.length, data.length);
        body[body.length - 2] = '\n';
        body[body.length - 1] = '\n';
        return body;
    }
}
