package io.lipdrop.startup;

import io.lipdrop.files.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives this process a temporary folder of its own, before any library asks for one: what a killed process leaves there goes
 * at the next start, and cannot fill the folder that all programs of this machine share.
 */
public final class TemporaryFolder implements ApplicationListener<ApplicationEvent>, Ordered {
    /** The native libraries of ONNX Runtime are 22 MB. */
    private static final long MIN_FREE_BYTES = 64L << 20;

    private static final String LOCK = ".lock";

    /** Tells the libraries that are asked to where it is. */
    private static final String PROCESS = "lipdrop.tmp.process";

    /** Host, process number, the second in which it started. */
    private static final Pattern OURS = Pattern.compile("(.+)-(\\d+)-(\\d+)");

    private static final Pattern SHARE = Pattern.compile(
            "nfs.*|cifs|smb.*|9p|afs|afpfs|ceph|davfs|webdav|fuse\\.(sshfs|glusterfs|davfs.*|rclone|s3fs)");

    private static volatile @Nullable String problem;
    private static volatile Path folder = Path.of(System.getProperty("java.io.tmpdir"));

    private @Nullable FileLock lock;
    private @Nullable Path mine;

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 16; // after HomeFolder, which makes sure that the home is ours
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
            prepare(prepared.getEnvironment());
        } else if (event instanceof ApplicationContextInitializedEvent initialized
                && initialized.getApplicationContext().getBeanFactory() instanceof DefaultSingletonBeanRegistry beans) {
            beans.registerDisposableBean("temporaryFolder", this::release);
        } else if (event instanceof ApplicationFailedEvent) {
            release();
        }
    }

    /** A folder in it, for what the web server would else put into the system's. */
    static Optional<Path> inside(String name) {
        String process = System.getProperty(PROCESS);
        return process == null ? Optional.empty() : Optional.of(Path.of(process, name));
    }

    /** What is wrong with the temporary folder, and what to do; for health. */
    public static Optional<String> problem() {
        String found = problem;
        return found != null ? Optional.of(found) : lacks(folder);
    }

    private void prepare(ConfigurableEnvironment settings) {
        Path parent = parent(settings);
        try {
            Files.createDirectories(parent);
            deleteThoseOfDeadProcesses(parent);
            Path made = parent.resolve(name());
            lock = lock(parent.resolve(name() + LOCK));
            Files.createDirectories(made);
            mine = lock == null ? null : made;
            problem = lacks(made).or(() -> forbidsPrograms(made)).orElse(null);
            if (problem == null) {
                folder = made;
            }
        } catch (IOException e) {
            problem = "the temporary folder %s cannot be used (%s)".formatted(parent, e);
        }
        if (problem == null) {
            System.setProperty("java.io.tmpdir", folder.toString()); // for those who ask for it from now on
            System.setProperty(PROCESS, folder.toString());
            settings.getPropertySources()
                    .addLast(new MapPropertySource(
                            "temporaryFolder",
                            Map.of(
                                    "server.tomcat.basedir",
                                    folder.resolve("tomcat").toString())));
        } else {
            System.err.println("Lipdrop: " + problem + "; using " + System.getProperty("java.io.tmpdir") + " instead.");
        }
    }

    /** By default in the home, unless that is on a share: libraries are loaded from there, and files come and go. */
    private static Path parent(ConfigurableEnvironment settings) {
        String set = settings.getProperty("lipdrop.tmp", "");
        if (!set.isBlank()) {
            return Path.of(set).toAbsolutePath().normalize();
        }
        Path home = Path.of(settings.getRequiredProperty("lipdrop.home"))
                .toAbsolutePath()
                .normalize();
        return isOnShare(home)
                ? Path.of(System.getProperty("java.io.tmpdir"), "lipdrop-" + System.getProperty("user.name"))
                : home.resolve("tmp");
    }

    private static boolean isOnShare(Path home) {
        try {
            return home.toString().startsWith("\\\\")
                    || SHARE.matcher(Files.getFileStore(home).type().toLowerCase(Locale.ROOT))
                            .matches();
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> lacks(Path folder) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < MIN_FREE_BYTES) {
                return Optional.of("the temporary folder %s is full (%d MB free): free space, or set lipdrop.tmp"
                        .formatted(folder, free >> 20));
            }
            return Files.isWritable(folder)
                    ? Optional.empty()
                    : Optional.of("the temporary folder " + folder + " is not writable: set lipdrop.tmp");
        } catch (IOException e) {
            return Optional.of("the temporary folder %s cannot be used (%s)".formatted(folder, e));
        }
    }

    /** A program that does nothing is tried: mount options, and what else may forbid it, differ from system to system. */
    private static Optional<String> forbidsPrograms(Path folder) {
        if (!Files.isExecutable(Path.of("/bin/sh"))) {
            return Optional.empty();
        }
        Path program = folder.resolve("trial");
        try {
            Files.writeString(program, "#!/bin/sh\nexit 0\n");
            boolean mayRun = program.toFile().setExecutable(true);
            int status = mayRun ? new ProcessBuilder(program.toString()).start().waitFor() : 1;
            Files.delete(program);
            return status == 0 ? Optional.empty() : Optional.of(noPrograms(folder));
        } catch (IOException e) {
            return Optional.of(noPrograms(folder));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String noPrograms(Path folder) {
        return "programs cannot run from the temporary folder %s (mounted noexec?): set lipdrop.tmp to another"
                .formatted(folder);
    }

    private static void deleteThoseOfDeadProcesses(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent)) {
            for (Path other : folders) {
                Matcher name = OURS.matcher(String.valueOf(other.getFileName()));
                if (name.matches() && name.group(1).equals(host()) && isDead(other, name)) {
                    deleteIfPossible(other);
                }
            }
        }
    }

    /** One that stays, of another user perhaps, is no reason to do without a folder of one's own. */
    private static void deleteIfPossible(Path other) {
        try {
            DurableFiles.deleteTree(other);
            Files.deleteIfExists(other.resolveSibling(other.getFileName() + LOCK));
        } catch (IOException e) {
            // the next start tries again
        }
    }

    private static boolean isDead(Path other, Matcher name) {
        boolean isAlive = ProcessHandle.of(Long.parseLong(name.group(2)))
                .flatMap(process -> process.info().startInstant())
                .filter(start -> Long.toString(start.getEpochSecond()).equals(name.group(3)))
                .isPresent();
        if (isAlive) {
            return false;
        }
        Path file = other.resolveSibling(other.getFileName() + LOCK);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free != null; // one in another container has a number of its own
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    private static @Nullable FileLock lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            return channel.lock();
        } catch (OverlappingFileLockException e) {
            channel.close(); // a second application in this process shares its folder
            return null;
        }
    }

    private void release() {
        FileLock held = lock;
        Path made = mine;
        lock = null;
        mine = null;
        System.clearProperty(PROCESS);
        if (held != null) {
            try {
                if (made != null) {
                    DurableFiles.deleteTree(made);
                    Files.deleteIfExists(made.resolveSibling(made.getFileName() + LOCK));
                }
                held.acquiredBy().close();
            } catch (IOException e) {
                // the next start takes away what is left
            }
        }
    }

    private static String name() {
        ProcessHandle self = ProcessHandle.current();
        Instant start = self.info().startInstant().orElse(Instant.EPOCH);
        return "%s-%d-%d".formatted(host(), self.pid(), start.getEpochSecond());
    }

    private static String host() {
        for (Path file : List.of(Path.of("/proc/sys/kernel/hostname"), Path.of("/etc/hostname"))) {
            try {
                return Files.readString(file).strip().replaceAll("[^A-Za-z0-9.]", "_");
            } catch (IOException e) {
                // Another system: its variables say it.
            }
        }
        Map<String, String> variables = System.getenv();
        String name = variables.getOrDefault("COMPUTERNAME", variables.getOrDefault("HOSTNAME", "local"));
        return name.replaceAll("[^A-Za-z0-9.]", "_");
    }
}
