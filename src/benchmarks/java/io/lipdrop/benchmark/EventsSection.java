package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What 200 clients of the events cost while a job runs, and how soon they see its progress. The cost is the CPU of the threads that
 * tell and send, against the same threads without clients: differences of whole jobs would be lost in their noise.
 */
final class EventsSection implements Section {
    private static final int CLIENTS = 200;
    private static final double MOST_CPU = 0.03;
    private static final double LATEST = 0.3;

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        int seconds = workshop.settings().isQuick() ? 8 : 60;
        int runs = workshop.settings().isQuick() ? 2 : 5;
        Path clip = workshop.talkingClip(seconds);
        Path voice = workshop.voice(seconds);
        List<Double> shares = new ArrayList<>();
        List<Double> transports = new ArrayList<>();
        List<Double> delays = new ArrayList<>();
        try (Application application = workshop.start("events")) {
            application.render("warmup", voice, clip);
            for (int run = 1; run <= runs; run++) {
                Cost alone = cost(application, "alone" + run, voice, clip);
                try (EventStreams streams = new EventStreams(application.port(), CLIENTS)) {
                    Cost watched = cost(application, "watched" + run, voice, clip);
                    shares.add((watched.telling - alone.telling) / alone.job);
                    addDelays(streams.seen(), transports, delays);
                    Workshop.say(number(
                            "events %d of %d: telling %.2f s alone, %.2f s watched, of %.2f s",
                            run, runs, alone.telling, watched.telling, alone.job));
                }
            }
        }
        double share = Signal.median(shares);
        table.row(
                number("CPU for %d clients of the events / CPU of the job", CLIENTS),
                number("%.1f %% (median of %d)", share * 100, runs),
                "<= 3 %",
                share <= MOST_CPU);
        Collections.sort(delays);
        double late = delays.get((int) (delays.size() * 0.95));
        table.row(
                "a frame is drawn until a client sees it, at most, 95th percentile",
                number("%.0f ms (median %.0f ms)", late * 1000, Signal.median(delays) * 1000),
                "<= 300 ms",
                late <= LATEST);
        table.row(
                "an event is told until a client has it, median", number("%.1f ms", Signal.median(transports) * 1000));
    }

    /** A frame that was drawn just after one event was told is seen with the next. Without a frame in between nothing was late. */
    private static void addDelays(List<EventStreams.Seen> seen, List<Double> transports, List<Double> delays) {
        for (int event = 1; event < seen.size(); event++) {
            EventStreams.Seen last = seen.get(event - 1);
            EventStreams.Seen now = seen.get(event);
            transports.add(seconds(now.told(), now));
            boolean isDrawing = now.job().equals(last.job()) && last.frame() > 0 && now.frame() > last.frame();
            if (isDrawing) {
                delays.add(seconds(last.told(), now));
            }
        }
    }

    private static double seconds(java.time.Instant from, EventStreams.Seen to) {
        return Duration.between(from, to.at()).toNanos() / 1e9;
    }

    private static Cost cost(Application application, String batch, Path voice, Path clip) throws IOException {
        double job = Processes.cpuSeconds(application.pid());
        double telling = telling(application.pid());
        application.render(batch, voice, clip);
        return new Cost(Processes.cpuSeconds(application.pid()) - job, telling(application.pid()) - telling);
    }

    private static double telling(long pid) throws IOException {
        return Processes.cpuSecondsOfThreads(pid, "lipdrop-status") + Processes.cpuSecondsOfThreads(pid, "http-nio");
    }

    /**
     * CPU seconds.
     *
     * @param telling of the threads that tell events and of the web server's
     */
    private record Cost(double job, double telling) {}
}
