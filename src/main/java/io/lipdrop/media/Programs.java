package io.lipdrop.media;

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

/**
 * The programs of the FFmpeg jar, unpacked into the cache of JavaCPP ({@code ~/.javacpp/cache}, or
 * {@code -Dorg.bytedeco.javacpp.cachedir}), and ready to start. None of their libraries is loaded into this process.
 */
final class Programs {
    private static final List<String> BUILDS = List.of("-gpl", "");
    private static final Pattern MISSING =
            Pattern.compile("error while loading shared libraries: (lib(?:xcb|asound|pulse)[\\w.+-]*): cannot open");

    /** Starts a program apart from the terminal, so that Ctrl+C stops Lipdrop, which then has time, and not FFmpeg. */
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private static final OutsideEnds NOBODY = new OutsideEnds(() -> true);

    /** One for each library that a desktop has and a server may not; libxcb comes in several parts. */
    private static final int MOST_MISSING = 12;

    private final File folder;
    private final File stubs;
    private final String suffix;

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
                .orElseThrow(() -> new IllegalStateException("No FFmpeg for " + platform
                        + " in this build; build with -Dnatives=" + platform + " to have it."));
        try {
            Programs programs = new Programs(Loader.cacheResource(inJar), platform.startsWith("windows") ? ".exe" : "");
            programs.makeReady();
            return programs;
        } catch (IOException e) {
            throw new UncheckedIOException("FFmpeg cannot be unpacked: " + e.getMessage(), e);
        }
    }

    /** A command for {@code ffmpeg} or {@code ffprobe}; arguments are to be added. */
    ProcessBuilder command(String program, List<String> arguments) {
        ProcessBuilder command = new ProcessBuilder();
        if (Files.isExecutable(SETSID)) {
            command.command().add(SETSID.toString());
        }
        command.command().add(path(program));
        command.command().addAll(arguments);
        // Its libraries need others of this folder (libva), which they look for only where the system says.
        command.environment().merge("LD_LIBRARY_PATH", folder.getPath(), (old, ours) -> old + ":" + ours);
        if (stubs.isDirectory()) {
            command.environment().merge("LD_LIBRARY_PATH", stubs.getPath(), (old, ours) -> old + ":" + ours);
            // The stand-ins hold no functions; they serve as long as none is looked up before it is called.
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
        for (int i = 0; i <= MOST_MISSING; i++) {
            try (Child child = Child.start(command("ffmpeg", List.of("-hide_banner", "-version")), NOBODY, null)) {
                child.output().readAllBytes();
                Exit exit = child.waitForExit();
                if (exit.isSuccess()) {
                    return;
                }
                Matcher missing = MISSING.matcher(exit.lastWords());
                if (!missing.find()) {
                    throw new IllegalStateException("FFmpeg does not start on this machine: "
                            + exit.lastWords().strip());
                }
                StubLibrary.write(new File(path("ffmpeg")), stubs, missing.group(1));
            }
        }
    }

    private String path(String program) {
        return new File(folder, program + suffix).getPath();
    }

    private static @Nullable URL resource(String build) {
        return org.bytedeco.ffmpeg.ffmpeg.class.getResource("/org/bytedeco/ffmpeg/" + build + "/");
    }
}
