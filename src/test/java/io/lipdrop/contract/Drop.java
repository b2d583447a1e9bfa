package io.lipdrop.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A drop as a person makes it: media files and a manifest, copied into a folder. */
final class Drop {
    private final String manifestName;
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final List<String> videos = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private String audio = "";
    private String text = "";

    private Drop(String manifestName) {
        this.manifestName = manifestName;
    }

    /** A drop with a YAML manifest of this name, without its ending. */
    static Drop named(String batch) {
        return new Drop(batch + ".yaml");
    }

    /** A drop whose manifest is exactly this. */
    public static Drop manifest(String fileName, String text) {
        Drop drop = new Drop(fileName);
        drop.text = text;
        return drop;
    }

    /** The usual one: a short voice and a face. */
    static Drop simple(String batch) {
        return named(batch).voice("voice.ogg", TestMedia.voice()).video("face.mp4", TestMedia.face());
    }

    Drop voice(String name, Path file) {
        audio = name;
        return with(name, file);
    }

    Drop video(String name, Path file) {
        videos.add(name);
        return with(name, file);
    }

    /** A file that lies in the drop, whatever the manifest says. */
    Drop with(String name, Path file) {
        files.put(name, file);
        return this;
    }

    /** Names a video that is not part of what is copied. */
    Drop naming(String video) {
        videos.add(video);
        return this;
    }

    Drop namingVoice(String name) {
        audio = name;
        return this;
    }

    /** One more line of the manifest. */
    Drop line(String line) {
        lines.add(line);
        return this;
    }

    Drop priority(int priority) {
        return line("priority: " + priority);
    }

    /** Copies the media, then the manifest. */
    void into(Path folder) {
        mediaInto(folder);
        manifestInto(folder);
    }

    void mediaInto(Path folder) {
        files.forEach((name, file) -> copy(file, folder.resolve(name)));
    }

    void manifestInto(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(manifestName), text.isEmpty() ? yaml() : text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void copy(Path source, Path target) {
        try {
            Files.createDirectories(target.getParent());
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a folder with everything in it, as a person drags it. */
    static void copyFolder(Path source, Path target) {
        try (var files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                copy(file, target.resolve(source.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String yaml() {
        StringBuilder yaml = new StringBuilder("audio: " + quoted(audio) + "\nvideos:\n");
        videos.forEach(video -> yaml.append("  - ").append(quoted(video)).append('\n'));
        lines.forEach(line -> yaml.append(line).append('\n'));
        return yaml.toString();
    }

    /** In double quotes YAML knows the escapes of JSON. */
    private static String quoted(String value) {
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return '"' + escaped + '"';
    }
}
