package io.lipdrop.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    /** Tells the libraries that are asked to where it is. */
    private static final String PROCESS = "lipdrop.tmp.process";

    private static final Pattern SHARE = Pattern.compile(
            "nfs.*|cifs|smb.*|9p|afs|afpfs|ceph|davfs|webdav|fuse\\.(sshfs|glusterfs|davfs.*|rclone|s3fs)");

    private static volatile @Nullable String problem;
    private static volatile Path folder = Path.of(System.getProperty("java.io.tmpdir"));

    private @Nullable ProcessFolder mine;

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
        return found != null ? Optional.of(found) : FolderTrial.lack(folder);
    }

    private void prepare(ConfigurableEnvironment settings) {
        Path parent = parent(settings);
        try {
            Files.createDirectories(parent);
            ProcessFolder.deleteThoseOfDeadProcesses(parent);
            ProcessFolder made = ProcessFolder.in(parent);
            mine = made;
            problem = FolderTrial.lack(made.path())
                    .or(() -> FolderTrial.refusalOfPrograms(made.path()))
                    .orElse(null);
            if (problem == null) {
                folder = made.path();
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

    private void release() {
        ProcessFolder made = mine;
        mine = null;
        System.clearProperty(PROCESS);
        if (made != null) {
            made.release();
        }
    }
}
