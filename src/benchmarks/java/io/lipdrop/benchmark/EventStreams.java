package io.lipdrop.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Many clients of {@code GET /api/events}, read by one thread. */
final class EventStreams implements AutoCloseable {
    private static final Pattern TOLD = Pattern.compile(
            "\"job\":\"([^\"]+)\".*\"phase\":\"rendering\",\"frame\":(\\d+).*\"updatedAt\":\"([^\"]+)\"");

    private final Selector selector = Selector.open();
    private final List<SocketChannel> clients = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    private final StringBuilder first = new StringBuilder();

    /**
     * One event of a job that counts its frames at the first client.
     *
     * @param frame how many were drawn
     * @param told when Lipdrop told it
     * @param at when it was here
     */
    record Seen(String job, long frame, Instant told, Instant at) {}

    EventStreams(int port, int count) throws IOException {
        String request = "GET /api/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
        for (int number = 0; number < count; number++) {
            SocketChannel client = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            client.write(UTF_8.encode(request));
            client.configureBlocking(false);
            client.register(selector, SelectionKey.OP_READ, number == 0);
            clients.add(client);
        }
        Thread reader = new Thread(this::read, "event-streams");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        try {
            while (selector.isOpen()) {
                selector.select(key -> {
                    buffer.clear();
                    try {
                        if (((SocketChannel) key.channel()).read(buffer) < 0) {
                            key.cancel();
                        }
                    } catch (IOException e) {
                        key.cancel();
                    }
                    if (key.attachment().equals(true)) {
                        take(UTF_8.decode(buffer.flip()).toString());
                    }
                });
            }
        } catch (ClosedSelectorException e) {
            // the measurement is over
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(String text) {
        Instant now = Instant.now();
        first.append(text);
        for (int end = first.indexOf("\n"); end >= 0; end = first.indexOf("\n")) {
            Matcher told = TOLD.matcher(first.substring(0, end));
            if (told.find()) {
                synchronized (seen) {
                    seen.add(new Seen(told.group(1), Long.parseLong(told.group(2)), Instant.parse(told.group(3)), now));
                }
            }
            first.delete(0, end + 1);
        }
    }

    /** What the first client has seen of rendering jobs. */
    List<Seen> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        for (SocketChannel client : clients) {
            client.close();
        }
    }
}
