package io.lipdrop.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unpacks the runtime's native libraries where the property {@code java.io.tmpdir} says. The runtime does that by itself, but
 * from Java 20 on to the folder that the property had when Java was started.
 */
final class Natives {
    static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");
    static final String PATH = "onnxruntime.native.path";

    private static final Logger log = LoggerFactory.getLogger(Natives.class);
    private static final int JAVA_THAT_FIXES_THE_FOLDER = 20;

    private Natives() {}

    /** Before anything else, and where it is needed; where it cannot be done, the runtime unpacks them elsewhere. */
    static void unpackWhereNeeded() {
        boolean isNeeded = Runtime.version().feature() >= JAVA_THAT_FIXES_THE_FOLDER;
        if (isNeeded && System.getProperty(PATH) == null) {
            try {
                unpack(Path.of(System.getProperty("java.io.tmpdir"), "onnxruntime"));
            } catch (IOException e) {
                log.warn(
                        "The libraries of ONNX Runtime cannot be unpacked into the temporary folder: {}", e.toString());
            }
        }
    }

    static void unpack(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String library : LIBRARIES) {
            String name = System.mapLibraryName(library);
            try (InputStream in = OrtEnvironment.class.getResourceAsStream("native/" + platform() + "/" + name)) {
                if (in == null) {
                    return; // the runtime says for which platforms it is
                }
                Files.copy(in, folder.resolve(name));
            }
        }
        System.setProperty(PATH, folder.toAbsolutePath().toString());
    }

    /** As the runtime names its folders. */
    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String name = os.startsWith("win") ? "win" : os.startsWith("mac") ? "osx" : "linux";
        boolean isArm = System.getProperty("os.arch").equals("aarch64");
        return name + (isArm ? "-aarch64" : "-x64");
    }
}
