package io.lipdrop.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** NVIDIA's graphics cards, as far as the runtime at hand can use them. */
final class Cuda {
    /** Characters of a reason; what the runtime adds is its own source code. */
    private static final int MAX = 300;

    /** Its device, which some machines only have after the first use; its kernel module; Windows' way into Linux. */
    private static final List<String> SIGNS_OF_A_DRIVER =
            List.of("/dev/nvidiactl", "/proc/driver/nvidia/version", "/dev/dxg");

    private Cuda() {}

    /**
     * Why a card cannot be used, in words, or null where nothing speaks against it: whether it really can shows when the first
     * model is opened on it.
     */
    static @Nullable String obstacle(int card) {
        if (!hasDriver()) {
            return "there is no NVIDIA graphics card with its driver on this machine";
        }
        try (SessionOptions options = new SessionOptions()) {
            add(options, card, 0);
            return null;
        } catch (OrtException e) {
            return reason(e);
        }
    }

    /**
     * Lets a session run on a card.
     *
     * @param memoryBytes how much of its memory may be used, 0 for all
     */
    static void add(SessionOptions options, int card, long memoryBytes) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(card)) {
            // The exhaustive search of the default tries every algorithm anew for each size of a batch: seconds each
            // time.
            cuda.add("cudnn_conv_algo_search", "HEURISTIC");
            cuda.add("arena_extend_strategy", "kSameAsRequested");
            if (memoryBytes > 0) {
                cuda.add("gpu_mem_limit", Long.toString(memoryBytes));
            }
            options.addCUDA(cuda);
        }
    }

    /** The runtime's words in one line, or what to do where that is known. */
    static String reason(OrtException e) {
        String text = String.valueOf(e.getMessage())
                .replaceAll("\\s+", " ")
                .replaceFirst("^Error code - \\w+ - message: ", "")
                .replaceFirst("^/\\S+\\.(cc|h|cpp|cu):\\d+ .*\\[ONNXRuntimeError\\] : \\d+ : \\w+ : ", "")
                .replaceFirst("^.*?(CUDA failure \\d+: )", "$1")
                .strip();
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("not compiled") || lower.contains("not enabled") || lower.contains("failed to find cuda")) {
            return "this build runs its models on the processor only (build with -Pgpu, or set lipdrop.onnx.native-path)";
        }
        String needs = lower.contains("failed to load library") ? " (CUDA 12 and cuDNN 9 are needed)" : "";
        return "CUDA cannot be used: " + (text.length() > MAX ? text.substring(0, MAX) + " …" : text) + needs;
    }

    /** Asking the runtime first unpacks half a gigabyte: not for a machine that has no card. */
    private static boolean hasDriver() {
        boolean isLinux =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        return !isLinux || SIGNS_OF_A_DRIVER.stream().map(Path::of).anyMatch(Files::exists);
    }
}
