package io.lipdrop.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The way from a root to a folder below it, step by step, none of which may be a link. */
final class GuardedWalk {
    private final Path root;

    GuardedWalk(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** An operation in a folder. */
    interface Work<T> {
        T in(OpenFolder folder) throws IOException;
    }

    /**
     * Works in a folder, which is open meanwhile.
     *
     * @throws OpenFolder.NoFolder if a step is a link or no folder
     * @throws IOException if the folder is not below the root, or was replaced during the work where that cannot be prevented
     */
    <T> T to(Path folder, Work<T> work) throws IOException {
        Path inside = folder.toAbsolutePath().normalize();
        if (!inside.startsWith(root)) {
            throw new IOException(folder + " is not in " + root);
        }
        List<OpenFolder> steps = new ArrayList<>();
        try {
            OpenFolder step = OpenFolder.at(root);
            steps.add(step);
            for (Path name : root.relativize(inside)) {
                if (!name.toString().isEmpty()) {
                    step = step.into(name);
                    steps.add(step);
                }
            }
            T result = work.in(step);
            step.checkAgain();
            return result;
        } finally {
            for (OpenFolder step : steps) {
                step.close();
            }
        }
    }
}
