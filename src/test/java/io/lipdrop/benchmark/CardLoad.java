package io.lipdrop.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** How busy the first graphics card is, five times a second until closed, as NVIDIA's own program says. */
final class CardLoad implements AutoCloseable {
    private static final List<String> COMMAND = List.of(
            "nvidia-smi", "--id=0", "--query-gpu=utilization.gpu", "--format=csv,noheader,nounits", "--loop-ms=200");

    private final List<Double> seen = new CopyOnWriteArrayList<>();
    private final @Nullable Process program;

    CardLoad() {
        program = start();
        if (program != null) {
            Thread reader = new Thread(() -> read(program), "card-load");
            reader.setDaemon(true);
            reader.start();
        }
    }

    /** The mean so far; nothing where there is no such program. */
    OptionalDouble percent() {
        return seen.stream().mapToDouble(percent -> percent).average();
    }

    private static @Nullable Process start() {
        try {
            return new ProcessBuilder(COMMAND).start();
        } catch (IOException e) {
            return null; // no such program here
        }
    }

    private void read(Process from) {
        try (BufferedReader lines = from.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                seen.add(Double.valueOf(line.strip()));
            }
        } catch (IOException | NumberFormatException e) {
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
