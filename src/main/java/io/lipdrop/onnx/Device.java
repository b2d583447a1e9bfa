package io.lipdrop.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where models run.
 *
 * @param name {@code cpu}, or {@code cuda:0} for the first GPU
 * @param reason why this one was chosen, for the log, the health endpoint and the sidecar
 * @param memoryBytes how much GPU memory may be used, 0 for all
 */
public record Device(String name, String reason, long memoryBytes) {
    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,2}))?");

    /** The CPU, as requested. */
    public static final Device CPU = cpu("requested");

    /**
     * Chooses the device for a setting. A GPU that cannot be used is replaced by the CPU, with the reason.
     *
     * @param setting {@code auto}, {@code cpu} or {@code cuda:0}
     * @param memoryBytes how much of a graphics card's memory may be used, 0 for all
     * @throws IllegalArgumentException if the setting names no device
     */
    public static Device choose(String setting, long memoryBytes) {
        check(List.of(setting));
        String wanted = setting.strip().toLowerCase(Locale.ROOT);
        if (wanted.equals("cpu")) {
            return CPU;
        }
        Matcher cuda = CUDA.matcher(wanted);
        int card = cuda.matches() && cuda.group(1) != null ? Integer.parseInt(cuda.group(1)) : 0;
        String obstacle = Cuda.obstacle(card);
        String why = wanted.equals("auto") ? "" : wanted + " was requested: ";
        return obstacle == null
                ? new Device("cuda:" + card, wanted.equals("auto") ? "found" : "requested", memoryBytes)
                : cpu(why + obstacle);
    }

    /**
     * Rejects a setting that names no device, or {@code auto} in a list, without looking for a device.
     *
     * @throws IllegalArgumentException if it is invalid
     *
     */
    public static void check(List<String> setting) {
        boolean isOne = setting.size() == 1;
        boolean isKnown = !setting.isEmpty()
                && setting.stream()
                        .map(each -> each.strip().toLowerCase(Locale.ROOT))
                        .allMatch(each -> each.equals("cpu")
                                || (each.equals("auto") && isOne)
                                || CUDA.matcher(each).matches());
        if (!isKnown) {
            throw new IllegalArgumentException(
                    "lipdrop.device must be auto, cpu, cuda:0 or a list such as cuda:0,cuda:1, not "
                            + String.join(",", setting));
        }
    }

    /**
     * Before anything else: takes the runtime's native libraries from a folder instead of the jar.
     *
     * @throws IllegalArgumentException if the folder does not have them, or they cannot be loaded
     */
    public static void useNatives(Path folder) {
        for (String library : Natives.LIBRARIES) {
            Path file = folder.resolve(System.mapLibraryName(library));
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException("lipdrop.onnx.native-path: cannot read " + file);
            }
        }
        System.setProperty(Natives.PATH, folder.toAbsolutePath().toString());
        try {
            Environment.get();
        } catch (LinkageError e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(
                    "lipdrop.onnx.native-path: the libraries in %s cannot be loaded: %s".formatted(folder, why), e);
        }
    }

    /** Unpacks the runtime's native libraries, 22 MB, if that has not been done: the first use of a model does so too. */
    public static void prepare() {
        Natives.unpack();
    }

    /** The CPU, with the reason. */
    public static Device cpu(String reason) {
        return new Device("cpu", reason, 0);
    }

    public boolean isCpu() {
        return name.equals("cpu");
    }

    /** The index of the GPU. */
    int card() {
        return Integer.parseInt(name.substring(name.indexOf(':') + 1));
    }
}
