package io.lipdrop.campaign;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a campaign has done so far, kept on disk after each round, so that the next run with the same seed goes on behind it. */
final class Tally {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The content of the file; public fields for Jackson. */
    static final class State {
        public long seed;
        public long next;
        public Map<String, Long> counts = new TreeMap<>();
        public Map<String, Double> most = new TreeMap<>();
        public List<String> findings = new ArrayList<>();
    }

    private final Path file;
    private final State state;

    private Tally(Path file, State state) {
        this.file = file;
        this.state = state;
    }

    /** The tally of an earlier run of this seed, else a fresh one. */
    static Tally open(Path file, long seed) throws IOException {
        State state = Files.exists(file) ? JSON.readValue(file.toFile(), State.class) : new State();
        if (state.seed != seed) {
            state = new State();
            state.seed = seed;
        }
        return new Tally(file, state);
    }

    synchronized long seed() {
        return state.seed;
    }

    /** The number of the next round. */
    synchronized long next() {
        return state.next;
    }

    synchronized void count(String what) {
        state.counts.merge(what, 1L, Long::sum);
    }

    synchronized long of(String what) {
        return state.counts.getOrDefault(what, 0L);
    }

    /** Remembers the largest value. */
    synchronized void most(String what, double value) {
        state.most.merge(what, value, Math::max);
    }

    synchronized double mostOf(String what) {
        return state.most.getOrDefault(what, 0.0);
    }

    synchronized void find(String finding) {
        System.err.println("FOUND " + finding);
        state.findings.add(finding);
    }

    synchronized List<String> findings() {
        return List.copyOf(state.findings);
    }

    /** All counts whose name begins so, as {@code name number} in one line. */
    synchronized String list(String beginning) {
        List<String> words = new ArrayList<>();
        state.counts.forEach((name, count) -> {
            if (name.startsWith(beginning)) {
                words.add(name.substring(beginning.length()) + " " + count);
            }
        });
        return String.join(", ", words);
    }

    /** Everything before this number is done. */
    synchronized void done(long next) throws IOException {
        state.next = next;
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".part");
        JSON.writerWithDefaultPrettyPrinter().writeValue(fresh.toFile(), state);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The last cell of the row in docs/reliability.md. */
    String verdict() {
        List<String> findings = findings();
        return findings.isEmpty()
                ? "nothing"
                : "%d: %s%s"
                        .formatted(
                                findings.size(),
                                String.join("; ", findings.subList(0, Math.min(5, findings.size()))),
                                findings.size() > 5 ? " …; all are in " + file : "");
    }
}
