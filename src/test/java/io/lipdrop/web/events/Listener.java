package io.lipdrop.web.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
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
            try (BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    lines.add(line);
                }
            } catch (IOException e) {
                // cut
            }
            isEnded = true;
        });
        reader.setDaemon(true);
        reader.start();
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
