package io.lipdrop.web.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** A client of the events with a socket of its own, that reads when it is told to. */
final class Listener implements AutoCloseable {
    private final Socket socket = new Socket();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean isEnded;

    /** Asks; reads nothing yet. */
    Listener(int port, String query, String... headers) throws IOException {
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String all = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        String request = "GET /api/events%s HTTP/1.1\r\nHost: localhost\r\n%s\r\n".formatted(query, all);
        socket.getOutputStream().write(request.getBytes(UTF_8));
    }

    static Listener reading(int port, String... headers) throws IOException {
        Listener listener = new Listener(port, "", headers);
        listener.read();
        return listener;
    }

    /** Reads from now on, in a thread. */
    void read() {
        Thread reader = new Thread(() -> {
            try {
                InputStream in = new BufferedInputStream(socket.getInputStream());
                for (String line = line(in); !line.isEmpty(); line = line(in)) {
                    lines.add(line); // the headers
                }
                InputStream body = new SequenceInputStream(new Chunks(in));
                for (String line = line(body); ; line = line(body)) {
                    lines.add(line);
                }
            } catch (IOException | UncheckedIOException e) {
                isEnded = true; // cut, or the last chunk has come
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        }
        return line.toString(UTF_8).stripTrailing();
    }

    /** The chunks of a body. */
    @SuppressWarnings("JdkObsolete") // what SequenceInputStream takes
    private record Chunks(InputStream in) implements Enumeration<InputStream> {
        @Override
        public boolean hasMoreElements() {
            return true;
        }

        @Override
        public InputStream nextElement() {
            try {
                int size = Integer.parseInt(line(in), 16);
                if (size == 0) {
                    throw new EOFException();
                }
                byte[] chunk = in.readNBytes(size);
                line(in);
                return new ByteArrayInputStream(chunk);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    boolean isEnded() {
        return isEnded;
    }

    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** What lines with this beginning say. */
    List<String> all(String beginning) {
        return lines().stream()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()))
                .toList();
    }

    String lastId() {
        List<String> ids = all("id: ");
        return ids.get(ids.size() - 1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
