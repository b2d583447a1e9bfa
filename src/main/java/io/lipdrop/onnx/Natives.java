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
 * Unpacks the runtime's native libraries into the temporary folder of this process. The runtime would unpack them into the
 * {@code java.io.tmpdir} at the start of Java, where a killed process leaves them.
 */
final class Natives {
    static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");
    /** Set by the first listener of the application, where that folder can be used. */
    private static final String TEMPORARY = "lipdrop.tmp.process";

    static final String PATH = "onnxruntime.native.path";

    private static final Logger log = LoggerFactory.getLogger(Natives.class);

    private static boolean isTried;

    private Natives() {}

    /** Once, before the runtime is used; where it cannot be done, the runtime unpacks them by itself. */
    static synchronized void unpack() {
        String folder = System.getProperty(TEMPORARY);
        if (folder != null && !isTried && System.getProperty(PATH) == null) {
            isTried = true;
            try {
                unpack(Path.of(folder, "onnxruntime"));
            } catch (IOException e) {
                log.warn(
                        "The libraries of ONNX Runtime cannot be unpacked into the temporary folder: {}", e.toString());
            }
        }
    }

    private static void unpack(Path folder) throws IOException {
        String cards = "native/" + platform() + "/" + System.mapLibraryName("onnxruntime_providers_cuda");
        if (OrtEnvironment.class.getResource(cards) != null) {
            return; // it must be next to the runtime, which only the runtime itself can unpack
        }
        Files.createDirectories(folder);
        for (String library : LIBRARIES) {
            String name = System.mapLibraryName(library);
            try (InputStream in = OrtEnvironment.class.getResourceAsStream("native/" + platform() + "/" + name)) {
                if (in == null) {
                    return; // the runtime reports its supported platforms
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
