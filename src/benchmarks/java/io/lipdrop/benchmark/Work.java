package io.lipdrop.benchmark;

import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What something took.
 *
 * @param cpu CPU seconds, of all threads and child processes
 * @param wall seconds
 */
record Work(double cpu, double wall) {
    /** Something that is measured. */
    interface Task {
        void run() throws IOException;
    }

    /** What a task of this program takes, with the child processes that end in it. */
    static Work of(Task task) throws IOException {
        long self = ProcessHandle.current().pid();
        double cpu = Processes.cpuSeconds(self);
        long start = System.nanoTime();
        task.run();
        return new Work(Processes.cpuSeconds(self) - cpu, (System.nanoTime() - start) / 1e9);
    }

    @Override
    public String toString() {
        return Table.number("%.2f s of CPU in %.2f s", cpu, wall);
    }

    static double median(List<Work> works, ToDoubleFunction<Work> value) {
        return Signal.median(works.stream().mapToDouble(value).toArray());
    }
}
