package io.lipdrop.onnx;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where models run.
 *
 * @param name what runs them, {@code cpu} for now
 * @param reason why this one was taken, for the log, the API and the sidecar
 */
public record Device(String name, String reason) {
    private static final Pattern CUDA = Pattern.compile("cuda(:\\d+)?");

    /** The processor, taken because it was asked for. */
    public static final Device CPU = new Device("cpu", "asked for");

    /**
     * Chooses the device for a setting.
     *
     * @param setting {@code auto}, {@code cpu} or {@code cuda:0}
     * @throws OnnxException {@code UNAVAILABLE} if the device that was asked for cannot be used
     * @throws IllegalArgumentException if the setting names no device
     */
    public static Device choose(String setting) {
        String wanted = setting.strip().toLowerCase(Locale.ROOT);
        if (wanted.equals("cpu")) {
            return CPU;
        }
        if (wanted.equals("auto")) {
            return new Device("cpu", "this build runs its models on the processor only");
        }
        if (CUDA.matcher(wanted).matches()) {
            throw new OnnxException(
                    OnnxException.Kind.UNAVAILABLE,
                    "The device " + wanted + " was asked for, but this build runs its models on the processor only;"
                            + " set it to auto or cpu.");
        }
        throw new IllegalArgumentException("A device is auto, cpu or cuda:0, not " + setting);
    }
}
