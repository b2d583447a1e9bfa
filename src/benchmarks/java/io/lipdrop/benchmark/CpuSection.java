package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a whole job costs against what plain FFmpeg needs to decode and encode the same clip: run in turn, so that a busy
 * machine is as hard on one as on the other.
 */
final class CpuSection implements Section {
    private static final double MOST = 1.6;

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        int seconds = workshop.settings().isQuick() ? 8 : 60;
        int runs = workshop.settings().isQuick() ? 2 : 5;
        Path clip = workshop.talkingClip(seconds);
        Path voice = workshop.voice(seconds);
        List<Run> taken = new ArrayList<>();
        try (Application application = workshop.start("cpu")) {
            application.render("warmup", voice, clip);
            for (int i = 1; i <= runs; i++) {
                double plain = plainCpuSeconds(workshop, clip);
                Run run = job(application, "job" + i, voice, clip, plain);
                taken.add(run);
                Workshop.say(number(
                        "cpu %d of %d: job %.2f s, FFmpeg %.2f s, job took %.2f s",
                        i, runs, run.job, run.plain, run.wall));
            }
        }
        double ratio =
                Signal.median(taken.stream().map(run -> run.job / run.plain).toList());
        double job = Signal.median(taken.stream().map(Run::job).toList());
        double plain = Signal.median(taken.stream().map(Run::plain).toList());
        double wall = Signal.median(taken.stream().map(Run::wall).toList()) / seconds;
        double megabits = Files.size(clip) * 8 / 1e6 / seconds;
        String clipName = number("720p25, %d s, %.1f Mb/s", seconds, megabits);
        table.row(
                "CPU seconds, " + clipName + ": whole job / FFmpeg alone",
                number("%.2f (%.2f s / %.2f s; median of %d)", ratio, job, plain, runs),
                "<= 1.6",
                ratio <= MOST);
        table.row(
                "beyond FFmpeg alone, CPU a frame",
                number("%.2f ms", (job - plain) / (seconds * Workshop.FRAMES_PER_SECOND) * 1000));
        table.row(
                "wall time / clip's length",
                number("%.2f on %d cores", wall, Runtime.getRuntime().availableProcessors()),
                "< 1",
                wall < 1);
    }

    private static Run job(Application application, String batch, Path voice, Path clip, double plain)
            throws IOException {
        double before = Processes.cpuSeconds(application.pid());
        application.render(batch, voice, clip);
        double job = Processes.cpuSeconds(application.pid()) - before;
        AppLog log = application.log();
        return new Run(job, plain, AppLog.seconds(log.taken(batch), log.done(batch, 1)));
    }

    private static double plainCpuSeconds(Workshop workshop, Path clip) throws IOException {
        double before = Processes.cpuSecondsOfOwnChildren();
        workshop.transcode(clip);
        return Processes.cpuSecondsOfOwnChildren() - before;
    }

    /**
     * CPU and wall seconds.
     *
     * @param wall from the end of the settle time to the finished file
     */
    private record Run(double job, double plain, double wall) {}
}
