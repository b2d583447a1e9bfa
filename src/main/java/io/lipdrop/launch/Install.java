package io.lipdrop.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * {@code java -jar lipdrop.jar --install=FOLDER}: unpacks the jar, lets Java archive its classes, and writes the program
 * {@code FOLDER/lipdrop}, which starts in half the time. A second call only checks whether all is up to date.
 */
public final class Install {
    private static final String OPTION = "--install=";
    private static final String LOCK = ".lipdrop-install";
    private static final String PROGRAM = "lipdrop";

    private final File jar;
    private final Path folder;

    private Install(File jar, Path folder) {
        this.jar = jar;
        this.folder = folder;
    }

    /**
     * Installs, if the arguments ask for it.
     *
     * @return the exit code; empty if they do not
     */
    public static Optional<Integer> run(String... arguments) {
        Optional<String> asked = Arrays.stream(arguments)
                .filter(argument -> argument.startsWith(OPTION))
                .map(argument -> argument.substring(OPTION.length()))
                .findFirst();
        return asked.map(name -> run(QuickLoading.jar(), Path.of(name)));
    }

    private static int run(Optional<File> jar, Path folder) {
        try {
            if (jar.isEmpty() || File.separatorChar == '\\') {
                throw new IOException("this is done by java -jar lipdrop.jar, on Linux and macOS");
            }
            System.out.println(new Install(jar.get(), folder.toAbsolutePath().normalize()).install());
            return 0;
        } catch (IOException e) {
            System.err.println("Lipdrop cannot be installed in " + folder + ": " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private String install() throws IOException, InterruptedException {
        if (!Files.exists(folder.resolve(LOCK)) && isFilled(folder)) {
            throw new IOException("there are other files in it; name an empty folder, or a new one");
        }
        Files.createDirectories(folder);
        try (FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // until it is closed; another installer waits
            Path app = folder.resolve("app-" + key());
            Path program = folder.resolve(PROGRAM);
            boolean isUpToDate = Files.isExecutable(program)
                    && Files.exists(app.resolve(ClassArchive.JAR))
                    && Files.readString(program).contains(app.getFileName().toString());
            if (!isUpToDate) {
                FileSystemUtils.deleteRecursively(app); // half made
                Files.createDirectories(app);
                System.out.println("Installing in " + folder + ", half a minute or so ...");
                unpack(app);
                new ClassArchive(app).make();
                replace(program, ClassArchive.script(app));
                deleteOld(app);
            }
            return (isUpToDate ? "Up to date. " : "Done. ") + "Start Lipdrop with " + program + " --lipdrop.home=DIR";
        }
    }

    private static boolean isFilled(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        }
    }

    /** Other jars and other Javas have other folders: what runs is never changed. */
    private String key() throws IOException {
        String java = System.getProperty("java.home") + System.getProperty("java.vm.version");
        return Fingerprint.of(jar.toPath(), java);
    }

    private void unpack(Path app) throws IOException, InterruptedException {
        Process process = ClassArchive.java(
                        "-Djarmode=tools", "-jar", jar.getPath(), "extract", "--force", "--destination", app.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the jar cannot be unpacked: " + said.strip());
        }
        Files.move(app.resolve(jar.getName()), app.resolve(ClassArchive.JAR), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void replace(Path program, String script) throws IOException {
        Path fresh = program.resolveSibling(PROGRAM + ".new");
        Files.writeString(fresh, script);
        if (!fresh.toFile().setExecutable(true, false)) {
            throw new IOException(fresh + " cannot be made executable");
        }
        Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE);
    }

    /** All but this one and the one before, which may still run. */
    private void deleteOld(Path current) throws IOException {
        List<Path> others;
        try (Stream<Path> files = Files.list(folder)) {
            others = files.filter(file -> String.valueOf(file.getFileName()).startsWith("app-"))
                    .filter(file -> !file.equals(current))
                    .sorted((a, b) ->
                            Long.compare(b.toFile().lastModified(), a.toFile().lastModified()))
                    .skip(1)
                    .toList();
        }
        for (Path old : others) {
            FileSystemUtils.deleteRecursively(old);
        }
    }
}
