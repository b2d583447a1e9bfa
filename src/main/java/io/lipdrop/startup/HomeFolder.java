package io.lipdrop.startup;

import io.lipdrop.files.SharedFolder;
import io.lipdrop.home.Folders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Prepares the home before anything else starts: one process a home, its folders, and the routes, models and sample that
 * travel in the jar, where the home has none of its own.
 */
public final class HomeFolder implements ApplicationListener<ApplicationEvent>, Ordered {
    private static final List<String> FOLDERS =
            List.of("inbox", "outbox", "error", "models", "library", "work", "routes");

    /** What Camel's endpoints, Spring's placeholders or the log's file pattern would read as an instruction. */
    private static final Pattern UNUSABLE = Pattern.compile("[?%{}]");

    private @Nullable FileLock lock;

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 15; // after the configuration files are read, before logging opens its file
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
            prepare(prepared.getEnvironment());
        } else if (event instanceof ApplicationContextInitializedEvent initialized
                && initialized.getApplicationContext().getBeanFactory() instanceof DefaultSingletonBeanRegistry beans) {
            beans.registerDisposableBean("homeLock", this::release); // first in, last out: no job runs any more by then
        } else if (event instanceof ApplicationFailedEvent) {
            release();
        }
    }

    private void prepare(Environment settings) {
        try {
            for (String name : FOLDERS) {
                Path folder = folder(settings, name);
                if (UNUSABLE.matcher(folder.toString()).find()) {
                    throw new HomeUnusable(
                            "Lipdrop cannot use %s as its home: choose a folder without ?, %%, { and } in its path."
                                    .formatted(folder));
                }
                if (!SharedFolder.isKnown(folder, Folders.record(folder(settings, "work"), name))) {
                    createFolder(folder);
                }
            }
            Path work = folder(settings, "work");
            lock = lock(work.resolve(Folders.LOCK), work);
            for (String name : List.of("claimed", "queued", "running", "staging", "archive")) {
                Files.createDirectories(work.resolve(name));
            }
            for (String name : List.of("routes", "models")) {
                ShippedFiles.copyMissing(name, folder(settings, name));
                ShippedFiles.replaceFormer(name, folder(settings, name));
            }
        } catch (IOException e) {
            throw new HomeUnusable("Cannot prepare the home folder of Lipdrop: " + e, e);
        }
    }

    /** The inbox, outbox and error folder may be on a share that is away: that is reported, and is no reason to stop. */
    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            System.err.println("Lipdrop cannot create " + folder + " (" + e + ") and continues without it.");
        }
    }

    private static FileLock lock(Path file, Path work) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock taken = channel.tryLock(1 << 20, 1, false); // behind the text, so that others can read who it is
            if (taken != null) {
                channel.truncate(0);
                channel.write(StandardCharsets.UTF_8.encode(
                        "process " + ProcessHandle.current().pid()));
                return taken;
            }
        } catch (OverlappingFileLockException e) {
            // this very process holds it: the same answer
        }
        String who = Files.readString(file);
        channel.close();
        throw new HomeUnusable(
                "Another Lipdrop (%s) already uses the home folder %s. Only one Lipdrop per home folder: stop the other, or set another --lipdrop.home."
                        .formatted(who.isBlank() ? "starting" : who, work));
    }

    private void release() {
        FileLock held = lock;
        lock = null;
        if (held != null) {
            try {
                held.acquiredBy().close(); // which releases the lock
            } catch (IOException e) {
                // the process ends, and its locks with it
            }
        }
    }

    private static Path folder(Environment settings, String name) {
        return Path.of(settings.getRequiredProperty("lipdrop." + name))
                .toAbsolutePath()
                .normalize();
    }
}
