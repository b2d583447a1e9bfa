package io.lipdrop.launch;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.util.Optional;

/** Runs the program with {@link NestedJarLoader} if it was started by {@code java -jar lipdrop.jar}. */
public final class QuickLoading {
    private static final String SLOW = "org.springframework.boot.loader.launch.LaunchedClassLoader";

    private QuickLoading() {}

    /** The jar with jars in it that this process was started with, if it was. */
    static Optional<File> jar() {
        File jar = new File(System.getProperty("java.class.path"));
        ClassLoader loader = QuickLoading.class.getClassLoader();
        return loader.getClass().getName().equals(SLOW) && jar.isFile() ? Optional.of(jar) : Optional.empty();
    }

    /**
     * Runs the program again in this process, with the faster class loader.
     *
     * @return whether it did; if not, the caller continues
     */
    public static boolean runs(Class<?> main, String... arguments) {
        Optional<File> jar = jar();
        if (jar.isEmpty()) {
            return false;
        }
        try {
            NestedJarLoader quick = new NestedJarLoader((URLClassLoader) main.getClassLoader(), jar.get());
            Thread.currentThread().setContextClassLoader(quick);
            quick.loadClass(main.getName()).getMethod("main", String[].class).invoke(null, (Object) arguments);
            return true;
        } catch (IOException e) {
            return false; // a jar that was built in another way
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
