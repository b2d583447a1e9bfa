package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A network of Wav2Lip's size on the best device here: by itself for each size of a batch, and in a job. */
final class NetworkSection implements Section {
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final List<Integer> ON_CPU = List.of(1, 4, 8);
    private static final List<Integer> ON_CARD = List.of(1, 4, 16, 32, 64);
    private static final int ROUNDS = 5;
    private static final double SECONDS_A_ROUND = 1;

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        Device device = Device.choose("auto", 0);
        table.row("networks run on", device.name() + " (" + device.reason() + ")");
        Path single = Wav2LipSized.write(workshop.file("sized-32.onnx"), false);
        Path half = Wav2LipSized.write(workshop.file("sized-16.onnx"), true);
        alone(single, "32 bits", device, workshop, table);
        alone(half, "16 bits", device, workshop, table);
        inAJob(single, "32 bits", device, workshop, table);
        if (!device.isCpu()) {
            inAJob(half, "16 bits", device, workshop, table);
        }
    }

    /** From numbers in ordinary memory to numbers in ordinary memory, as in a job. */
    private static void alone(Path file, String bits, Device wanted, Workshop workshop, Table table)
            throws IOException {
        try (OnnxModel model = OnnxModel.open(file, wanted, CORES)) {
            Device device = model.device();
            if (workshop.settings().needsCard() && device.isCpu()) {
                throw new IllegalStateException("Lipdrop runs its networks on the processor here: " + device.reason());
            }
            for (int items : device.isCpu() ? ON_CPU : ON_CARD) {
                List<Double> rates = rates(new BareNetwork(model, items), items);
                table.row(
                        "a network of Wav2Lip's size, %s, on %s, %d faces at a time"
                                .formatted(bits, device.name(), items),
                        number(
                                "%.1f faces/s (%.1f to %.1f)",
                                Signal.median(rates), Collections.min(rates), Collections.max(rates)));
            }
        }
    }

    /** Faces a second, in several rounds after one that does not count. */
    private static List<Double> rates(BareNetwork network, int items) throws IOException {
        network.run(3 * items);
        double once = Work.of(() -> network.run(items)).wall();
        int count = items * (1 + (int) (SECONDS_A_ROUND / once));
        network.run(count);
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            rates.add(count / Work.of(() -> network.run(count)).wall());
        }
        return rates;
    }

    private static void inAJob(Path network, String bits, Device device, Workshop workshop, Table table)
            throws IOException {
        int seconds = workshop.settings().isQuick() ? 4 : 20;
        int runs = workshop.settings().isQuick() ? 1 : 3;
        Path clip = workshop.talkingClip(seconds);
        Path voice = workshop.voice(seconds);
        List<Double> rates = new ArrayList<>();
        List<Double> busy = new ArrayList<>();
        try (Application application = workshop.start("network", List.of(network))) {
            application.render("warmup", voice, clip);
            // Throws where the product has opened it elsewhere.
            application.log().when("models/%s is open on %s".formatted(network.getFileName(), device.name()));
            for (int i = 1; i <= runs; i++) {
                try (CardLoad load = new CardLoad()) {
                    application.render("job" + i, voice, clip);
                    AppLog log = application.log();
                    rates.add(seconds * Workshop.FRAMES_PER_SECOND / log.secondsOf("job" + i, 1));
                    load.percent(log.started("job" + i, 1), log.done("job" + i, 1))
                            .ifPresent(busy::add);
                }
            }
        }
        table.row(
                "a whole job with it, %s, on %s, 720p, median of %d".formatted(bits, device.name(), runs),
                number("%.1f frames/s", Signal.median(rates)) + (device.isCpu() ? "" : busyWords(busy)));
    }

    private static String busyWords(List<Double> percents) {
        return percents.isEmpty()
                ? "; how busy the card was is not available here"
                : number("; card busy for %.0f %% of the time", Signal.median(percents));
    }
}
