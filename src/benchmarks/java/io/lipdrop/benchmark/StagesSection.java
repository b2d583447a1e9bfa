package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a whole job costs against its parts, each bare and by itself: FFmpeg, and the networks that every frame goes through,
 * with nothing between them. Run in turn, so that a busy machine is as hard on one as on the other.
 */
final class StagesSection implements Section {
    private static final double MOST_CPU = 1.25;
    private static final double MOST_WALL = 1.15;
    /** As many faces at a time as the product takes on a processor. */
    private static final int FACES = 4;

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        Path sized = Wav2LipSized.write(workshop.file("wav2lip-sized.onnx"), false);
        for (int height : List.of(720, 1080)) {
            for (Path network : new Path[] {null, sized}) {
                measure(workshop, table, height, network);
            }
        }
    }

    /** Measures one size of picture with one engine; without a network it is {@code warp}. */
    private static void measure(Workshop workshop, Table table, int height, @Nullable Path network) throws IOException {
        int seconds = workshop.settings().isQuick() ? 4 : 20;
        int runs = workshop.settings().isQuick() ? 1 : 3;
        String name = number("%dp25, %s", height, network == null ? "warp" : "a network of Wav2Lip's size");
        Path clip = workshop.talkingClip(seconds, height);
        Path voice = workshop.voice(seconds);
        List<Work> jobs = new ArrayList<>();
        List<Parts> parts = new ArrayList<>();
        try (Application application = workshop.start("stages", network == null ? List.of() : List.of(network))) {
            application.render("warmup", voice, clip);
            for (int i = 1; i <= runs; i++) {
                parts.add(parts(workshop, clip, seconds * Workshop.FRAMES_PER_SECOND, network));
                double before = Processes.cpuSeconds(application.pid());
                application.render("job" + i, voice, clip);
                double cpu = Processes.cpuSeconds(application.pid()) - before;
                jobs.add(new Work(cpu, application.log().secondsOf("job" + i, 1)));
                Workshop.say("%s: job %s, %s".formatted(name, jobs.get(i - 1), parts.get(i - 1)));
            }
        }
        double job = Work.median(jobs, Work::cpu);
        double ffmpeg = Work.median(parts.stream().map(Parts::transcode).toList(), Work::cpu);
        double networks = Work.median(parts.stream().map(Parts::networks).toList(), Work::cpu);
        double wall = Work.median(jobs, Work::wall);
        double least = Signal.median(parts.stream().map(Parts::leastWall).toList());
        double cpuRatio = job / (ffmpeg + networks);
        table.row(
                name + ": a job's CPU / FFmpeg and networks alone",
                number("%.2f (%.1f s / (%.1f s + %.1f s))", cpuRatio, job, ffmpeg, networks),
                "<= 1.25",
                cpuRatio <= MOST_CPU);
        table.row(
                name + ": its wall time / the least that these could take",
                number("%.2f (%.1f s / %.1f s, %d cores)", wall / least, wall, least, CORES),
                "<= 1.15",
                wall / least <= MOST_WALL);
        table.row(name + ": times as fast as the video plays", number("%.2f", seconds / wall));
    }

    private static Parts parts(Workshop workshop, Path clip, int frames, @Nullable Path network) throws IOException {
        FfmpegAlone ffmpeg = new FfmpegAlone(workshop, clip);
        Work mesh = alone(Workshop.MODELS.resolve("face_landmark_with_attention.onnx"), 1, 1, frames);
        Work mouths = network == null ? new Work(0, 0) : alone(network, CORES, FACES, frames);
        return new Parts(ffmpeg.transcode(), ffmpeg.decode(), ffmpeg.encode(), mesh, mouths);
    }

    private static Work alone(Path file, int threads, int items, int frames) throws IOException {
        try (OnnxModel model = OnnxModel.open(file, Device.CPU, threads)) {
            BareNetwork network = new BareNetwork(model, items);
            network.run(items);
            return Work.of(() -> network.run(frames));
        }
    }

    /** FFmpeg with one clip and the product's settings. */
    private record FfmpegAlone(Workshop workshop, Path clip) {
        Work transcode() throws IOException {
            return Work.of(() -> workshop.transcode(clip));
        }

        Work decode() throws IOException {
            return Work.of(() -> workshop.program().run("-i " + clip + " -map 0:v -f null", workshop.file("nothing")));
        }

        Work encode() throws IOException {
            Path raw = workshop.file("raw.y4m");
            try {
                workshop.program().run("-i " + clip + " -map 0:v", raw);
                return Work.of(() -> workshop.transcode(raw));
            } finally {
                Files.deleteIfExists(raw);
            }
        }
    }

    /**
     * Each part by itself.
     *
     * @param transcode FFmpeg decoding and encoding at once
     * @param mouths the network that draws; nothing for {@code warp}
     */
    private record Parts(Work transcode, Work decode, Work encode, Work mesh, Work mouths) {
        Work networks() {
            return new Work(mesh.cpu() + mouths.cpu(), mesh.wall() + mouths.wall());
        }

        /** The longest part if all run at the same time; more where there are too few cores for that. */
        double leastWall() {
            double longest = Math.max(Math.max(decode.wall(), encode.wall()), Math.max(mesh.wall(), mouths.wall()));
            return Math.max(longest, (transcode.cpu() + networks().cpu()) / CORES);
        }
    }
}
