package io.lipdrop.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** How busy the first graphics card is, five times a second until closed, as NVIDIA's own program says. */
final class CardLoad implements AutoCloseable {
    private static final String FIRST =
            System.getenv().getOrDefault("CUDA_VISIBLE_DEVICES", "0").split(",", -1)[0];

    /** A program that writes into a pipe may keep its lines until there are many: {@code stdbuf} has it write each. */
    private static final String COMMAND = "stdbuf -oL nvidia-smi --id=%s --query-gpu=utilization.gpu"
            + " --format=csv,noheader,nounits --loop-ms=200";

    private final List<Sample> seen = new CopyOnWriteArrayList<>();
    private final @Nullable Process program;

    private record Sample(Instant at, double percent) {}

    CardLoad() {
        program = start();
        if (program != null) {
            Thread reader = new Thread(() -> read(program), "card-load");
            reader.setDaemon(true);
            reader.start();
        }
    }

    /** The mean between two moments; nothing where nobody tells. */
    OptionalDouble percent(Instant from, Instant to) {
        return seen.stream()
                .filter(sample -> !sample.at.isBefore(from) && !sample.at.isAfter(to))
                .mapToDouble(Sample::percent)
                .average();
    }

    /** What one line says; nothing for {@code [N/A]}, which a card that is divided (MIG) says. */
    static OptionalDouble percent(String line) {
        String number = line.strip();
        return number.matches("\\d+") ? OptionalDouble.of(Integer.parseInt(number)) : OptionalDouble.empty();
    }

    private static @Nullable Process start() {
        try {
            return new ProcessBuilder(COMMAND.formatted(FIRST).split(" ", -1)).start();
        } catch (IOException e) {
            return null; // no such program here
        }
    }

    private void read(Process from) {
        try (BufferedReader lines = from.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                percent(line).ifPresent(percent -> seen.add(new Sample(Instant.now(), percent)));
            }
        } catch (IOException e) {
            Workshop.say("nvidia-smi: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        if (program != null) {
            program.destroy();
        }
    }
}
