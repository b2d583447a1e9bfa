package io.lipdrop.benchmark;

import io.lipdrop.onnx.OnnxException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** Measures the product and prints one Markdown table; {@code benchmarks/run.sh} starts it. */
final class Benchmark {
    private static final Map<String, Section> SECTIONS = new LinkedHashMap<>();

    static {
        SECTIONS.put("cpu", new CpuSection());
        SECTIONS.put("stages", new StagesSection());
        SECTIONS.put("network", new NetworkSection());
        SECTIONS.put("render", new RenderSection());
        SECTIONS.put("memory", new MemorySection());
        SECTIONS.put("latency", new LatencySection());
        SECTIONS.put("queue", new QueueSection());
        SECTIONS.put("lists", new ListsSection());
        SECTIONS.put("cancel", new CancelSection());
        SECTIONS.put("events", new EventsSection());
        SECTIONS.put("transfer", new TransferSection());
        SECTIONS.put("start", new StartSection());
        SECTIONS.put("picture", new PictureSection());
        SECTIONS.put("silence", new SilenceSection());
        SECTIONS.put("lips", new LipsSection());
        SECTIONS.put("talkers", new TalkersSection());
        SECTIONS.put("encode", new EncodeSection());
    }

    private Benchmark() {}

    public static void main(String[] arguments) throws IOException {
        Settings settings = settings(arguments);
        if (!Processes.areVisible()) {
            throw new IllegalStateException("Processes are measured through /proc, which this machine does not have.");
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(machine(settings));
        out.println();
        try {
            measure(settings, new Table(out));
        } catch (IllegalStateException | OnnxException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void measure(Settings settings, Table table) throws IOException {
        Workshop workshop = new Workshop(settings, Path.of("target/benchmark"));
        for (Map.Entry<String, Section> section : SECTIONS.entrySet()) {
            if (settings.only().isEmpty() || settings.only().contains(section.getKey())) {
                Workshop.say(section.getKey() + " …");
                section.getValue().measure(workshop, table);
            }
        }
    }

    private static Settings settings(String[] arguments) {
        try {
            Settings settings = Settings.of(arguments);
            if (SECTIONS.keySet().containsAll(settings.only())) {
                return settings;
            }
            throw new IllegalArgumentException("--only takes some of " + SECTIONS.keySet() + ", with commas");
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(
                    "benchmarks/run.sh [--quick] [--card] [--only cpu,memory,…] [--mesh face_landmark.onnx] [talker.mpg …]");
            System.exit(2);
            throw e;
        }
    }

    private static String machine(Settings settings) throws IOException {
        String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        return "%s, %d cores (load %.1f at the start), Java %s, %s%s"
                .formatted(
                        processor,
                        Runtime.getRuntime().availableProcessors(),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                        System.getProperty("java.version"),
                        LocalDate.now(java.time.ZoneId.systemDefault()),
                        settings.isQuick() ? "; --quick: too short to be quoted" : "");
    }
}
