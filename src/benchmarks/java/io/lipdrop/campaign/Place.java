package io.lipdrop.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** The folders of one Lipdrop, seen from outside: together in its home, or on up to three file systems. */
record Place(Path home, Path inbox, Path work, Path outbox, Path error) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The folders in which somebody's files wait; all are empty in the end. */
    private static final List<String> OPEN = List.of("staging", "claimed", "queued", "running", "aside");

    /** A fresh one; where there are three folders, the inbox, work and both folders of results each lie in one. */
    static Place fresh(Path home, List<Path> three) {
        List<Path> roots = three.isEmpty()
                ? List.of(home, home, home)
                : three.stream()
                        .map(root -> root.resolve("lipdrop-%d-%s"
                                .formatted(ProcessHandle.current().pid(), home.getFileName())))
                        .toList();
        Place place = new Place(
                home,
                roots.get(0).resolve("inbox"),
                roots.get(1).resolve("work"),
                roots.get(2).resolve("outbox"),
                roots.get(2).resolve("error"));
        place.delete();
        try {
            Files.createDirectories(place.inbox);
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return place;
    }

    boolean isDivided() {
        return !inbox.startsWith(home) || !work.startsWith(home) || !outbox.startsWith(home);
    }

    List<String> settings() {
        return List.of(
                "--lipdrop.home=" + home,
                "--lipdrop.inbox=" + inbox,
                "--lipdrop.work=" + work,
                "--lipdrop.outbox=" + outbox,
                "--lipdrop.error=" + error);
    }

    void delete() {
        for (Path folder : List.of(inbox, work, outbox, error)) {
            FileSystemUtils.deleteRecursively(folder.toFile());
            Path root = folder.getParent();
            if (isDivided() && root != null && !root.equals(home)) {
                root.toFile().delete(); // when the last of its folders is gone
            }
        }
        FileSystemUtils.deleteRecursively(home.toFile());
    }

    /** Whether there is such a file anywhere below a folder; what goes while it is looked for is not there. */
    static boolean has(Path folder, java.util.function.Predicate<Path> file) {
        return filesIn(folder).stream().anyMatch(file);
    }

    /** All files below a folder, hidden ones too; none when it is not there. */
    static List<Path> filesIn(Path folder) {
        for (int i = 0; i < 20; i++) {
            if (!Files.isDirectory(folder)) {
                return List.of();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                return files.filter(Files::isRegularFile).toList();
            } catch (IOException | UncheckedIOException e) {
                // a folder went while we looked: look again
            }
        }
        return List.of();
    }

    /** What is not finished, and what is half-written. */
    List<Path> leftovers() {
        Stream<Path> open = OPEN.stream().flatMap(folder -> filesIn(work.resolve(folder)).stream());
        Stream<Path> half = Stream.of(outbox, error)
                .flatMap(folder -> filesIn(folder).stream())
                .filter(file -> isHidden(file) && !isIn(file, outbox) && !isIn(file, error));
        return Stream.of(open, half, filesIn(inbox).stream().filter(file -> !isHidden(file)))
                .flatMap(files -> files)
                .toList();
    }

    private static boolean isIn(Path file, Path folder) {
        return folder.equals(file.getParent());
    }

    /** The name of the folder that a file lies in. */
    static String folderOf(Path file) {
        Path folder = file.getParent();
        return folder == null ? "" : folder.getFileName().toString();
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    JsonNode status(String batch) {
        return json(outbox.resolve(batch).resolve("status.json"));
    }

    String state(String batch) {
        return status(batch).path("state").asText();
    }

    static JsonNode json(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
