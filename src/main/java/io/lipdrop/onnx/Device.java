package io.lipdrop.onnx;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where models run.
 *
 * @param name {@code cpu}, or {@code cuda:0} for the first graphics card
 * @param reason why this one was taken, for the log, the API and the sidecar
 * @param memoryBytes how much of a graphics card's memory may be used, 0 for all
 */
public record Device(String name, String reason, long memoryBytes) {
    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,2}))?");

    /** The processor, taken because it was asked for. */
    public static final Device CPU = cpu("asked for");

    /**
     * Chooses the device for a setting. A graphics card that cannot be used is replaced by the processor, and the reason says
     * why.
     *
     * @param setting {@code auto}, {@code cpu} or {@code cuda:0}
     * @param memoryBytes how much of a graphics card's memory may be used, 0 for all
     * @throws IllegalArgumentException if the setting names no device
     */
    public static Device choose(String setting, long memoryBytes) {
        String wanted = setting.strip().toLowerCase(Locale.ROOT);
        if (wanted.equals("cpu")) {
            return CPU;
        }
        Matcher cuda = CUDA.matcher(wanted);
        if (!wanted.equals("auto") && !cuda.matches()) {
            throw new IllegalArgumentException("A device is auto, cpu or cuda:0, not " + setting);
        }
        int card = wanted.equals("auto") || cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1));
        String obstacle = Cuda.obstacle(card);
        String why = wanted.equals("auto") ? "" : wanted + " was asked for: ";
        return obstacle == null
                ? new Device("cuda:" + card, wanted.equals("auto") ? "found" : "asked for", memoryBytes)
                : cpu(why + obstacle);
    }

    /** The processor, with the reason why not another. */
    public static Device cpu(String reason) {
        return new Device("cpu", reason, 0);
    }

    public boolean isCpu() {
        return name.equals("cpu");
    }

    /** The number of the graphics card. */
    int card() {
        return Integer.parseInt(name.substring(name.indexOf(':') + 1));
    }
}
