package io.lipdrop.media.ffmpeg;

import io.lipdrop.media.MediaException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The programs of the FFmpeg jar, unpacked into the cache of JavaCPP ({@code ~/.javacpp/cache}, or
 * {@code -Dorg.bytedeco.javacpp.cachedir}), and ready to start. None of their libraries is loaded into this process.
 */
final class Programs {
    private static final List<String> BUILDS = List.of("-gpl", "");
    private static final Pattern MISSING =
            Pattern.compile("error while loading shared libraries: (lib(?:xcb|asound|pulse)[\\w.+-]*): cannot open");

    /** Starts a program in its own session, so that Ctrl+C stops Lipdrop but not FFmpeg. */
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private static final Logger log = LoggerFactory.getLogger(Programs.class);
    private static final int MAX_TRIALS = 5;
    private static final int TRIAL_MILLIS = 300;
    private static final OutsideEnds NOBODY = new OutsideEnds(() -> true);

    /** One try for each desktop library that a server may lack; libxcb has several parts. */
    private static final int MAX_MISSING = 12;

    private final File folder;
    private final File stubs;
    private final String suffix;
    private Sandbox sandbox = Sandbox.none();

    private Programs(File folder, String suffix) {
        this.folder = folder;
        this.stubs = new File(folder, "absent");
        this.suffix = suffix;
    }

    static Programs unpack() {
        String platform = Loader.getPlatform();
        URL inJar = BUILDS.stream()
                .map(build -> resource(platform + build))
                .filter(url -> url != null)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "No FFmpeg for " + platform + " in this build; build with -Dnatives=" + platform + "."));
        try {
            Programs programs = new Programs(Loader.cacheResource(inJar), platform.startsWith("windows") ? ".exe" : "");
            programs.makeReady();
            programs.sandbox = Sandbox.find(programs::startsIn);
            return programs;
        } catch (IOException e) {
            throw new UncheckedIOException("FFmpeg cannot be unpacked: " + e.getMessage(), e);
        }
    }

    /** A command for {@code ffmpeg} or {@code ffprobe}; the caller adds arguments. */
    ProcessBuilder command(String program, List<String> arguments) {
        return command(List.of(), program, arguments);
    }

    /** The same for one that opens files from outside, and writes none larger than {@code fileBytes}. */
    ProcessBuilder commandForOutside(String program, List<String> arguments, long fileBytes) {
        return command(sandbox.before(fileBytes), program, arguments);
    }

    /** Description of the sandbox, for health. */
    String sandbox() {
        return sandbox.words();
    }

    private ProcessBuilder command(List<String> before, String program, List<String> arguments) {
        ProcessBuilder command = new ProcessBuilder();
        Sandbox.clean(command.environment());
        if (Files.isExecutable(SETSID)) {
            command.command().add(SETSID.toString());
        }
        command.command().addAll(before);
        command.command().add(path(program));
        command.command().addAll(arguments);
        // Its libraries need others of this folder (libva), which they look for only where the system says.
        command.environment().merge("LD_LIBRARY_PATH", folder.getPath(), (old, ours) -> old + ":" + ours);
        if (stubs.isDirectory()) {
            command.environment().merge("LD_LIBRARY_PATH", stubs.getPath(), (old, ours) -> old + ":" + ours);
            // The empty libraries have no functions; this works because functions are looked up only when called.
            command.environment().remove("LD_BIND_NOW");
        }
        return command;
    }

    private void makeReady() throws IOException {
        for (String program : List.of("ffmpeg", "ffprobe")) {
            File file = new File(path(program));
            if (!file.canExecute() && !file.setExecutable(true)) {
                throw new IOException(file + " cannot be made executable");
            }
        }
        int missing = 0;
        int trials = 0;
        for (Exit exit = trial(List.of()); !exit.isSuccess(); exit = trial(List.of())) {
            Matcher library = MISSING.matcher(exit.lastWords());
            if (library.find() && missing++ < MAX_MISSING) {
                EmptyElfLibrary.write(new File(path("ffmpeg")), stubs, library.group(1));
            } else if (exit.isFromOutside() && trials++ < MAX_TRIALS) {
                log.warn("FFmpeg does not start ({}), retrying", exit.reason());
                pause();
            } else {
                throw new IllegalStateException("FFmpeg does not start on this machine: " + exit.reason());
            }
        }
    }

    /** Whether a program starts there; retried if it was ended from outside. */
    private boolean startsIn(Sandbox trial) {
        for (int i = 0; i < MAX_TRIALS; i++) {
            try {
                Exit exit = trial(trial.before(Sandbox.SOUND_FILE_BYTES));
                if (exit.isSuccess() || !exit.isFromOutside()) {
                    return exit.isSuccess();
                }
            } catch (IOException | MediaException e) {
                log.debug("A test run could not be started", e);
            }
        }
        return false;
    }

    private Exit trial(List<String> before) throws IOException {
        ProcessBuilder command = command(before, "ffmpeg", List.of("-hide_banner", "-version"));
        try (Child child = Child.start(command, NOBODY, null)) {
            child.output().readAllBytes();
            return child.waitForExit();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(TRIAL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String path(String program) {
        return new File(folder, program + suffix).getPath();
    }

    private static @Nullable URL resource(String build) {
        return org.bytedeco.ffmpeg.ffmpeg.class.getResource("/org/bytedeco/ffmpeg/" + build + "/");
    }
}
