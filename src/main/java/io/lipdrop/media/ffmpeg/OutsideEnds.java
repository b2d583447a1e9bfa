package io.lipdrop.media.ffmpeg;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often a child process was ended from outside, or had no threads. This is a machine error and is retried. Three
 * times in a row at the same step of the same file, while processes for other files succeed, is an error of the file: the
 * kernel kills a process that uses all memory, and no file may block the others forever.
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
     * @param control whether a test process works now; called if there is no other file to compare
     */
    OutsideEnds(BooleanSupplier control) {
        this.control = control;
    }

    /**
     * The task of a child process.
     *
     * @param file its input, or its output if the input is ours
     * @param command its command
     */
    record Step(Path file, List<String> command) {}

    private static final class Count {
        int ends;
        boolean othersWorked;
    }

    /** A process ended by itself; without a step: a process on our own files. */
    synchronized void worked(@Nullable Step step) {
        counts.remove(step);
        counts.forEach((other, count) -> {
            if (step == null || !other.file().equals(step.file())) {
                count.othersWorked = true;
            }
        });
    }

    /** Counts one more end; returns whether the file is now the cause. */
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
