package io.lipdrop.media.ffmpeg;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often a helper was ended from outside, or found this machine too short of threads. That is the machine's
 * fault, and the work is tried again; but three times in a row at the same step of the same file, while helpers for other
 * files work, is the file's: the kernel kills what takes all memory, and no file may hold up the others for ever.
 */
final class OutsideEnds {
    static final int MAX = 3;

    private static final int MAX_STEPS = 256;

    private final BooleanSupplier control;
    private final Map<Step, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Step, Count> eldest) {
            return size() > MAX_STEPS;
        }
    };

    /**
     * Counts nothing yet.
     *
     * @param control whether a helper on something of our own works now; asked where no other file is there to compare
     */
    OutsideEnds(BooleanSupplier control) {
        this.control = control;
    }

    /**
     * What a helper does.
     *
     * @param file what it reads, or writes where its input is ours
     * @param command how it was told to
     */
    record Step(Path file, List<String> command) {}

    private static final class Count {
        int ends;
        boolean othersWorked;
    }

    /** A helper came to its own end; without a step: one on something of our own. */
    synchronized void worked(@Nullable Step step) {
        counts.remove(step);
        counts.forEach((other, count) -> {
            if (step == null || !other.file().equals(step.file())) {
                count.othersWorked = true;
            }
        });
    }

    /** Counts one more end; whether it has become the file's fault. */
    boolean isFiles(Step step) {
        synchronized (this) {
            Count count = counts.computeIfAbsent(step, first -> new Count());
            count.ends++;
            if (count.ends < MAX) {
                return false;
            }
            if (count.othersWorked) {
                return true;
            }
        }
        return control.getAsBoolean();
    }
}
