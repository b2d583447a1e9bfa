package io.lipdrop.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tries whether a folder serves for temporary files and for native libraries. */
final class FolderTrial {
    /** The native libraries of ONNX Runtime are 22 MB. */
    private static final long MIN_FREE_BYTES = 64L << 20;

    private FolderTrial() {}

    /** What it lacks: space, or the right to write there; empty if nothing. */
    static Optional<String> lack(Path folder) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < MIN_FREE_BYTES) {
                return Optional.of("the temporary folder %s is full (%d MB free): free space, or set lipdrop.tmp"
                        .formatted(folder, free >> 20));
            }
            return Files.isWritable(folder)
                    ? Optional.empty()
                    : Optional.of("the temporary folder " + folder + " is not writable: set lipdrop.tmp");
        } catch (IOException e) {
            return Optional.of("the temporary folder %s cannot be used (%s)".formatted(folder, e));
        }
    }

    /** Why programs cannot run from it; empty if they can. A program that does nothing is tried: mount options, and what else may forbid it, differ from system to system. */
    static Optional<String> refusalOfPrograms(Path folder) {
        if (!Files.isExecutable(Path.of("/bin/sh"))) {
            return Optional.empty();
        }
        Path program = folder.resolve("trial");
        try {
            Files.writeString(program, "#!/bin/sh\nexit 0\n");
            boolean mayRun = program.toFile().setExecutable(true);
            int status = mayRun ? new ProcessBuilder(program.toString()).start().waitFor() : 1;
            Files.delete(program);
            return status == 0 ? Optional.empty() : Optional.of(noPrograms(folder));
        } catch (IOException e) {
            return Optional.of(noPrograms(folder));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String noPrograms(Path folder) {
        return "programs cannot run from the temporary folder %s (mounted noexec?): set lipdrop.tmp to another"
                .formatted(folder);
    }
}
