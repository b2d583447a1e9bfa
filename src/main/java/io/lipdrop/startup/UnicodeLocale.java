package io.lipdrop.startup;

import io.lipdrop.files.NameEncoding;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.context.aot.AbstractAotProcessor;

/**
 * The locale in which file names are read. Java takes it from the environment at its start and nothing changes it later, no
 * property either; in one without Unicode, as cron and bare containers have it, a file called 王.mp4 can be seen and not opened. So
 * Lipdrop starts itself again in one that has it, and the first process stands in for the second: input, output, signals, exit code.
 */
public final class UnicodeLocale {
    private static final String MARK = "LIPDROP_STARTED_BY";

    /** What would be done twice, or cannot be given on. */
    private static final Pattern NOT_TWICE = Pattern.compile(
            "-agentlib:.*|-agentpath:.*|-javaagent:.*|-Xrunjdwp.*|-XX:ArchiveClassesAtExit=.*|.*\uFFFD.*");

    private static final int KILLED = 137;

    private UnicodeLocale() {}

    /**
     * Runs Lipdrop in a process with a fit locale, if this one has none.
     *
     * @return how that process ended; nothing where this process is to go on itself
     */
    public static OptionalInt runElsewhere(Class<?> main, String... arguments) {
        Optional<String> starter = Optional.ofNullable(System.getenv(MARK));
        starter.ifPresent(UnicodeLocale::endWith);
        if (NameEncoding.isUnicode()
                || starter.isPresent()
                || Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
            return OptionalInt.empty();
        }
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
        Predicate<String> isNotForTwo = NOT_TWICE.asMatchPredicate();
        if (Stream.concat(options.stream(), Stream.of(arguments)).anyMatch(isNotForTwo)) {
            return OptionalInt.empty();
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(program(main));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** As this process was started: from a jar, or from classes. */
    private static List<String> program(Class<?> main) {
        String classes = System.getProperty("java.class.path");
        boolean isJar = classes.endsWith(".jar")
                && System.getProperty("sun.java.command", "").startsWith(classes);
        return isJar ? List.of("-jar", classes) : List.of("-cp", classes, main.getName());
    }

    private static OptionalInt run(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().put("LC_ALL", NameEncoding.LOCALE);
            builder.environment()
                    .put(MARK, Long.toString(ProcessHandle.current().pid()));
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
            return OptionalInt.of(process.waitFor());
        } catch (IOException e) {
            System.err.println(
                    "Lipdrop cannot be restarted in the locale " + NameEncoding.LOCALE + ": " + e.getMessage());
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.of(1);
        }
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whoever kills the first process means this one. */
    private static void endWith(String starter) {
        Optional<ProcessHandle> first = ProcessHandle.current()
                .parent()
                .filter(parent -> Long.toString(parent.pid()).equals(starter));
        if (first.isEmpty()) {
            Runtime.getRuntime().halt(KILLED);
        }
        first.ifPresent(parent -> {
            var unused = parent.onExit().thenRun(() -> Runtime.getRuntime().halt(KILLED));
        });
    }
}
