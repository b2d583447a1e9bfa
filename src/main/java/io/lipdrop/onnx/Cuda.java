package io.lipdrop.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** NVIDIA GPUs, as far as this ONNX Runtime can use them. */
final class Cuda {
    /** Maximum length of a reason; the rest of the runtime's message is its source code. */
    private static final int MAX = 300;

    /** Its device, which some machines only have after the first use; its kernel module; Windows' way into Linux. */
    private static final List<String> SIGNS_OF_A_DRIVER =
            List.of("/dev/nvidiactl", "/proc/driver/nvidia/version", "/dev/dxg");

    private Cuda() {}

    /**
     * Why a GPU cannot be used, or null if no reason is known; whether it works is known when the first model is opened on
     * it.
     */
    static @Nullable String obstacle(int card) {
        if (!hasDriver()) {
            return "no NVIDIA GPU with a driver was found on this machine";
        }
        Natives.unpack();
        try (SessionOptions options = new SessionOptions()) {
            add(options, card, 0);
            return null;
        } catch (OrtException e) {
            return reason(e);
        }
    }

    /**
     * Configures a session for a GPU.
     *
     * @param memoryBytes how much of its memory may be used, 0 for all
     */
    static void add(SessionOptions options, int card, long memoryBytes) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(card)) {
            // The default exhaustive search tries every algorithm for each batch size: seconds each time.
            cuda.add("cudnn_conv_algo_search", "HEURISTIC");
            cuda.add("arena_extend_strategy", "kSameAsRequested");
            if (memoryBytes > 0) {
                cuda.add("gpu_mem_limit", Long.toString(memoryBytes));
            }
            options.addCUDA(cuda);
        }
    }

    /** The runtime's message in one line, or what to do if known. */
    static String reason(OrtException e) {
        String text = String.valueOf(e.getMessage())
                .replaceAll("\\s+", " ")
                .replaceFirst("^Error code - \\w+ - message: ", "")
                .replaceFirst("^/\\S+\\.(cc|h|cpp|cu):\\d+ .*\\[ONNXRuntimeError\\] : \\d+ : \\w+ : ", "")
                .replaceFirst("^.*?(CUDA failure \\d+: )", "$1")
                .strip();
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("not compiled") || lower.contains("not enabled") || lower.contains("failed to find cuda")) {
            return "this build runs models on the CPU only (build with -Pgpu, or set lipdrop.onnx.native-path)";
        }
        String needs = lower.contains("failed to load library") ? " (CUDA 12 and cuDNN 9 are required)" : "";
        return "CUDA cannot be used: " + (text.length() > MAX ? text.substring(0, MAX) + " …" : text) + needs;
    }

    /** Asking the runtime unpacks half a gigabyte: avoided on a machine without a GPU. */
    private static boolean hasDriver() {
        boolean isLinux =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        return !isLinux || SIGNS_OF_A_DRIVER.stream().map(Path::of).anyMatch(Files::exists);
    }
}
