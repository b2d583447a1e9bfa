package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A network of Wav2Lip's size on the best device here: by itself for each size of a batch, and in a job. */
final class NetworkSection implements Section {
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final List<Integer> ON_CPU = List.of(1, 4, 8);
    private static final List<Integer> ON_CARD = List.of(1, 4, 16, 32, 64);
    private static final double LONG_ENOUGH = 3;

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        Device device = Device.choose("auto", 0);
        table.row("networks run on", device.name() + " (" + device.reason() + ")");
        Path single = Wav2LipSized.write(workshop.file("sized-32.onnx"), false);
        Path half = Wav2LipSized.write(workshop.file("sized-16.onnx"), true);
        alone(single, "32 bits", device, table);
        alone(half, "16 bits", device, table);
        inAJob(single, "32 bits", workshop, table);
        if (!device.isCpu()) {
            inAJob(half, "16 bits", workshop, table);
        }
    }

    private static void alone(Path file, String bits, Device device, Table table) throws IOException {
        try (OnnxModel model = OnnxModel.open(file, device, CORES)) {
            for (int items : model.device().isCpu() ? ON_CPU : ON_CARD) {
                BareNetwork network = new BareNetwork(model, items);
                network.run(items);
                double once = Work.of(() -> network.run(items)).wall();
                int times = 1 + (int) (LONG_ENOUGH / once);
                double seconds = Work.of(() -> network.run(items * times)).wall();
                table.row(
                        "a network of Wav2Lip's size, %s, on %s, %d faces at a time"
                                .formatted(bits, model.device().name(), items),
                        number("%.1f faces/s", items * times / seconds));
            }
        }
    }

    private static void inAJob(Path network, String bits, Workshop workshop, Table table) throws IOException {
        int seconds = workshop.settings().isQuick() ? 4 : 20;
        Path clip = workshop.talkingClip(seconds);
        Path voice = workshop.voice(seconds);
        try (Application application = workshop.start("network", List.of(network))) {
            application.render("warmup", voice, clip);
            try (CardLoad load = new CardLoad()) {
                application.render("job", voice, clip);
                double wall = application.log().secondsOf("job", 1);
                table.row(
                        "a whole job with it, " + bits + ", 720p",
                        number("%.1f frames/s", seconds * Workshop.FRAMES_PER_SECOND / wall)
                                + load.percent().stream()
                                        .mapToObj(percent -> number(", card busy for %.0f %% of the time", percent))
                                        .findFirst()
                                        .orElse(""));
            }
        }
    }
}
