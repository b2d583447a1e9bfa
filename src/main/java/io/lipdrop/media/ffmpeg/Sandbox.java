package io.lipdrop.media.ffmpeg;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sandbox on Linux for programs that open files from outside: no network, limited memory and file size, no core dump, no
 * access to this process's environment. Each program of the chain replaces itself by the next, so ending the first one ends
 * FFmpeg.
 */
final class Sandbox {
    private static final Logger log = LoggerFactory.getLogger(Sandbox.class);

    /** An empty network namespace: root creates one, other users need a user namespace. */
    private static final List<List<String>> WITHOUT_NETWORK =
            List.of(List.of("/usr/bin/unshare", "--net", "--"), List.of("/usr/bin/unshare", "--user", "--net", "--"));

    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    /** 35 megapixels of 10-bit HEVC: 106 MB per frame; sixteen threads and the stream itself keep 16 frames each. */
    private static final long MAX_MEMORY = 8L << 30;

    private static final long MIN_MEMORY = 1L << 30;

    /** Five times six hours of sound at the highest bit rate. */
    static final long SOUND_FILE_BYTES = 8L << 30;

    /** Environment variables of GPU drivers. */
    private static final Set<String> DRIVERS = Set.of("CUDA_", "NVIDIA_", "LIBVA_", "LIBDRM_");

    private final List<String> network;
    private final long memory;

    private Sandbox(List<String> network, long memory) {
        this.network = network;
        this.memory = memory;
    }

    /** No sandbox: on other systems, and until one is found. */
    static Sandbox none() {
        return new Sandbox(List.of(), 0);
    }

    /**
     * The strictest sandbox that this machine allows.
     *
     * @param starts whether a program starts in it
     */
    static Sandbox find(Predicate<Sandbox> starts) {
        long memory = Files.isExecutable(PRLIMIT) ? memory() : 0;
        for (List<String> network : WITHOUT_NETWORK) {
            Sandbox sandbox = new Sandbox(network, memory);
            if (Files.isExecutable(Path.of(network.get(0))) && starts.test(sandbox)) {
                return sandbox;
            }
        }
        Sandbox limits = new Sandbox(List.of(), memory);
        Sandbox found = memory > 0 && starts.test(limits) ? limits : none();
        log.info("Decoders run {}; this system allows no stricter sandbox", found.words());
        return found;
    }

    /** The command prefix of a program that opens files from outside; it can write no file larger than {@code fileBytes}. */
    List<String> before(long fileBytes) {
        List<String> words = new ArrayList<>(network);
        if (memory > 0) {
            words.addAll(List.of(PRLIMIT.toString(), "--core=0", "--data=" + memory, "--fsize=" + fileBytes, "--"));
        }
        return words;
    }

    /** Removes everything from an environment that such a program does not need: secrets, and variables that make it write logs. */
    static void clean(Map<String, String> environment) {
        if (Files.isExecutable(PRLIMIT)) {
            environment
                    .keySet()
                    .removeIf(name -> !name.equals("LD_LIBRARY_PATH")
                            && !name.equals("PATH")
                            && DRIVERS.stream().noneMatch(name::startsWith));
            environment.put("LANG", "C.UTF-8");
        }
    }

    /** Description of this sandbox for people. */
    String words() {
        return (network.isEmpty() ? "with network access" : "without network access")
                + (memory == 0 ? ", without limits" : ", with at most %d MB of memory".formatted(memory >> 20));
    }

    /** Three quarters of this machine's memory, so that the limit is reached before the kernel kills processes. */
    private static long memory() {
        long physical =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return Math.max(MIN_MEMORY, Math.min(MAX_MEMORY, physical / 4 * 3));
    }
}
