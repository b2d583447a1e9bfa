package io.lipdrop.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runtime's environment, which stays until the process has ended. The library releases it at the start of Java's shutdown, from
 * a hook that waits for nobody, and whoever then still opens or runs a model crashes the process: a model that a cancelled job has left
 * opening, for one. The native environment counts its owners; so a second reference is taken, which nobody gives back. There is no
 * public call for that.
 */
final class Environment {
    private static final Logger log = LoggerFactory.getLogger(Environment.class);

    private static boolean isKept;

    private Environment() {}

    /** The only one of this process; the first call loads the native libraries. */
    static synchronized OrtEnvironment get() {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        if (!isKept) {
            isKept = true;
            try {
                takeReference();
            } catch (ReflectiveOperationException | RuntimeException e) {
                log.warn("ONNX Runtime may crash when Lipdrop ends while a model is being opened: {}", e.toString());
            }
        }
        return environment;
    }

    private static void takeReference() throws ReflectiveOperationException {
        Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
        api.setAccessible(true);
        Method create = OrtEnvironment.class.getDeclaredMethod("createHandle", long.class, int.class, String.class);
        create.setAccessible(true);
        // The level and the name are those of the environment that is there already.
        create.invoke(null, api.getLong(null), OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING.getValue(), "lipdrop");
    }
}
