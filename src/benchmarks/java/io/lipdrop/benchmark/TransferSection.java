package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How fast large files come and go, against a server that does nothing but copy, and what they take of the heap. */
final class TransferSection implements Section {
    private static final double LEAST_SHARE = 0.8;
    private static final double MOST_HEAP_MB = 20;
    private static final int BUFFER_BYTES = 256 << 10;
    private static final String TUS = "Tus-Resumable: 1.0.0";
    private static final Pattern VALUE = Pattern.compile("\"value\":([0-9.E]+)");

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        boolean isQuick = workshop.settings().isQuick();
        long bytes = isQuick ? 200L << 20 : 5L << 30;
        int runs = isQuick ? 2 : 5;
        List<Double> uploads = new ArrayList<>();
        List<Double> files = new ArrayList<>();
        List<Double> zips = new ArrayList<>();
        try (Application application = workshop.start("transfer")) {
            Path large = randomFile(application.home().resolve("outbox/large/large.mp4"), bytes);
            Path there = application.home().resolve("plain.bin");
            HttpServer plain = plainServer(large, there);
            try {
                String lipdrop = application.uri("/api/").toString();
                String copy = "http://127.0.0.1:" + plain.getAddress().getPort() + "/";
                for (int run = 0; run <= runs; run++) {
                    double up = seconds("-T", large.toString(), copy);
                    double down = seconds(copy);
                    double tus = upload(lipdrop, large);
                    double file = seconds(lipdrop + "batches/large/files/large.mp4");
                    double zip = seconds(lipdrop + "batches/large/zip");
                    Workshop.say(number(
                            "transfer %d of %d: up %.1f s, plain %.1f s; file %.1f s, zip %.1f s, plain %.1f s",
                            run, runs, tus, up, file, zip, down));
                    if (run > 0) { // the first warms up
                        uploads.add(up / tus);
                        files.add(down / file);
                        zips.add(down / zip);
                    }
                }
            } finally {
                plain.stop(0);
            }
            row(table, number("upload of %.1f GB / curl to a plain file server", bytes / 1e9), uploads);
            row(table, "download of it / curl from a plain file server", files);
            row(table, "the same as zip", zips);
            double heap = heapGrowth(application, large);
            table.row(
                    "heap in use after garbage collection, most while these go on - before",
                    number("%.1f MB", heap),
                    "<= 20 MB",
                    heap <= MOST_HEAP_MB);
            Files.delete(large);
        }
    }

    private static void row(Table table, String what, List<Double> shares) {
        double share = Signal.median(shares);
        table.row(what, number("%.0f %% (median of %d)", share * 100, shares.size()), ">= 80 %", share >= LEAST_SHARE);
    }

    /** Uploads, downloads and archives once more, with a garbage collection every second: what is left is in use. */
    private static double heapGrowth(Application application, Path large) throws IOException {
        String lipdrop = application.uri("/api/").toString();
        double before = heapInUse(application);
        double most = before;
        for (String[] transfer : List.of(
                new String[] {lipdrop + "batches/large/files/large.mp4"},
                new String[] {lipdrop + "batches/large/zip"},
                patch(begin(lipdrop, large), large))) {
            Process curl = curl(transfer);
            while (curl.isAlive()) {
                most = Math.max(most, heapInUse(application));
                await(curl, 1);
            }
        }
        return (most - before) / 1e6;
    }

    private static double heapInUse(Application application) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        await(
                new ProcessBuilder(jcmd.toString(), String.valueOf(application.pid()), "GC.run")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start(),
                60);
        URI metric = application.uri("/actuator/metrics/jvm.memory.used?tag=area:heap");
        Matcher value = VALUE.matcher(send(HttpRequest.newBuilder(metric).GET()).body());
        if (!value.find()) {
            throw new IOException("no metric of the heap");
        }
        return Double.parseDouble(value.group(1));
    }

    private static double upload(String lipdrop, Path file) throws IOException {
        String place = begin(lipdrop, file);
        double seconds = seconds(patch(place, file));
        send(HttpRequest.newBuilder(URI.create(place)).DELETE().header("Tus-Resumable", "1.0.0"));
        return seconds;
    }

    private static String begin(String lipdrop, Path file) throws IOException {
        HttpResponse<String> begun = send(HttpRequest.newBuilder(URI.create(lipdrop + "uploads"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", String.valueOf(Files.size(file))));
        String location = begun.headers().firstValue("Location").orElseThrow();
        return lipdrop + location.substring("/api/".length());
    }

    private static String[] patch(String place, Path file) {
        return new String[] {
            "-X",
            "PATCH",
            "-H",
            TUS,
            "-H",
            "Upload-Offset: 0",
            "-H",
            "Content-Type: application/offset+octet-stream",
            "-T",
            file.toString(),
            place
        };
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private static double seconds(String... arguments) throws IOException {
        long start = System.nanoTime();
        Process curl = curl(arguments);
        await(curl, 3600);
        if (curl.exitValue() != 0) {
            throw new IOException("curl ended with " + curl.exitValue());
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static Process curl(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("curl", "-sf", "-o", "/dev/null"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO().start();
    }

    private static void await(Process process, int seconds) {
        try {
            var unused = process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** Java's own server: takes a file into a folder, and gives one. */
    private static HttpServer plainServer(Path file, Path target) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            try (exchange) {
                if (exchange.getRequestMethod().equals("PUT")) {
                    take(exchange, target);
                } else {
                    give(exchange, file);
                }
            }
        });
        server.start();
        return server;
    }

    private static void take(HttpExchange exchange, Path target) throws IOException {
        try (OutputStream out = Files.newOutputStream(target)) {
            copy(exchange.getRequestBody(), out);
        }
        exchange.sendResponseHeaders(201, -1);
        Files.delete(target);
    }

    private static void give(HttpExchange exchange, Path file) throws IOException {
        exchange.sendResponseHeaders(200, Files.size(file));
        try (InputStream in = Files.newInputStream(file)) {
            copy(in, exchange.getResponseBody());
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
        }
    }

    private static Path randomFile(Path file, long bytes) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        byte[] piece = new byte[1 << 20];
        new Random(1).nextBytes(piece);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            for (long left = bytes; left > 0; left -= piece.length) {
                out.write(piece, 0, (int) Math.min(left, piece.length));
            }
        }
        return file;
    }
}
