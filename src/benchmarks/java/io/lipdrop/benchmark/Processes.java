package io.lipdrop.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What Linux knows of a process and its children ({@code man 5 proc}). */
final class Processes {
    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux that Java runs on
    private static final int USER_TIME = 11; // fields of /proc/PID/stat, counted from the state, which is 0
    private static final int SYSTEM_TIME = 12;
    private static final int CHILDRENS_USER_TIME = 13;
    private static final int CHILDRENS_SYSTEM_TIME = 14;

    private Processes() {}

    static boolean areVisible() {
        return Files.isReadable(Path.of("/proc/self/stat"));
    }

    /** CPU seconds of a process and of those of its children that have ended. */
    static double cpuSeconds(long pid) throws IOException {
        List<String> stat = stat(String.valueOf(pid));
        return seconds(stat, USER_TIME)
                + seconds(stat, SYSTEM_TIME)
                + seconds(stat, CHILDRENS_USER_TIME)
                + seconds(stat, CHILDRENS_SYSTEM_TIME);
    }

    /** CPU seconds of those threads of a process whose name begins so, and that have not ended. */
    static double cpuSecondsOfThreads(long pid, String beginning) throws IOException {
        double seconds = 0;
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
            for (Path thread : threads.toList()) {
                String line = stat(thread.resolve("stat"));
                String name = line.isEmpty() ? "" : line.substring(line.indexOf('(') + 1, line.lastIndexOf(')'));
                if (name.startsWith(beginning)) {
                    List<String> stat = fieldsOfStat(line);
                    seconds += seconds(stat, USER_TIME) + seconds(stat, SYSTEM_TIME);
                }
            }
        }
        return seconds;
    }

    private static String stat(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return ""; // the thread has ended meanwhile
        }
    }

    /** CPU seconds of the children of this process that have ended. */
    static double cpuSecondsOfOwnChildren() throws IOException {
        List<String> stat = stat("self");
        return seconds(stat, CHILDRENS_USER_TIME) + seconds(stat, CHILDRENS_SYSTEM_TIME);
    }

    /** Bytes in memory of a process and everything it has started. */
    static long residentBytes(long root) {
        Optional<Path> program = programOf(root);
        try (Stream<ProcessHandle> descendants = ProcessHandle.of(root).stream().flatMap(ProcessHandle::descendants)) {
            // A child that is about to become ffmpeg is for a moment the JVM itself, with the JVM's own memory.
            long children = descendants
                    .filter(child -> !programOf(child.pid()).equals(program))
                    .mapToLong(child -> statusBytes(child.pid(), "VmRSS:"))
                    .sum();
            return statusBytes(root, "VmRSS:") + children;
        }
    }

    /** The most bytes that the process alone has had in memory since it started. */
    static long peakResidentBytes(long pid) {
        return statusBytes(pid, "VmHWM:");
    }

    static List<String> fieldsOfStat(String line) {
        // The second field is the name in brackets, and a name may hold blanks and brackets.
        return List.of(line.substring(line.lastIndexOf(')') + 2).strip().split(" ", -1));
    }

    private static List<String> stat(String pid) throws IOException {
        return fieldsOfStat(Files.readString(Path.of("/proc", pid, "stat")));
    }

    private static double seconds(List<String> stat, int field) {
        return Long.parseLong(stat.get(field)) / TICKS_PER_SECOND;
    }

    private static long statusBytes(long pid, String field) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0; // It has ended meanwhile.
        }
    }

    private static Optional<Path> programOf(long pid) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc", String.valueOf(pid), "exe")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
