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
 * What a program that opens files from outside may not do, on Linux: reach a network, take all memory, fill the disk, leave
 * a core dump, read this process's environment. Each of these programs replaces itself by the next, so that the one that is
 * started is the one that is ended.
 */
final class Sandbox {
    private static final Logger log = LoggerFactory.getLogger(Sandbox.class);

    /** An empty network namespace: root makes one, others together with a namespace of users. */
    private static final List<List<String>> WITHOUT_NETWORK =
            List.of(List.of("/usr/bin/unshare", "--net", "--"), List.of("/usr/bin/unshare", "--user", "--net", "--"));

    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    /** 35 megapixels of HEVC in ten bits: 106 MB a frame, of which sixteen threads and the stream itself keep 16 each. */
    private static final long MAX_MEMORY = 8L << 30;

    private static final long MIN_MEMORY = 1L << 30;

    /** Six hours of sound in the highest bit rate are a fifth of it. */
    static final long SOUND_FILE_BYTES = 8L << 30;

    /** What the drivers of graphics cards are told by. */
    private static final Set<String> DRIVERS = Set.of("CUDA_", "NVIDIA_", "LIBVA_", "LIBDRM_");

    private final List<String> network;
    private final long memory;

    private Sandbox(List<String> network, long memory) {
        this.network = network;
        this.memory = memory;
    }

    /** None: for programs of other systems, and until one was found. */
    static Sandbox none() {
        return new Sandbox(List.of(), 0);
    }

    /**
     * The best that this machine allows.
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
        log.info("Decoders run {}: this system does not allow more", found.words());
        return found;
    }

    /** What goes before a program that opens files from outside; it writes no file larger than {@code fileBytes}. */
    List<String> before(long fileBytes) {
        List<String> words = new ArrayList<>(network);
        if (memory > 0) {
            words.addAll(List.of(PRLIMIT.toString(), "--core=0", "--data=" + memory, "--fsize=" + fileBytes, "--"));
        }
        return words;
    }

    /** Leaves in an environment what such a program needs: nothing that is a secret, nothing that makes it write a log. */
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

    /** How the decoders run, for a person. */
    String words() {
        return (network.isEmpty() ? "with the network of this machine" : "without a network")
                + (memory == 0 ? ", without limits" : ", with %d MB of memory at most".formatted(memory >> 20));
    }

    /** Three quarters of this machine: before the kernel ends programs at its own choice. */
    private static long memory() {
        long physical =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return Math.max(MIN_MEMORY, Math.min(MAX_MEMORY, physical / 4 * 3));
    }
}
