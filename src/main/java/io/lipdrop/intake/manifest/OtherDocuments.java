package io.lipdrop.intake.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lipdrop.files.GuardedFolder;
import io.lipdrop.files.Stamp;
import io.lipdrop.home.Names;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Recognises JSON documents that are not manifests by their keys: Lipdrop's own, in a dropped folder of results or failures,
 * and those of other programs. A document that names a voice or a video is a manifest; so is an unknown document: it is
 * rejected with a reason, not ignored.
 */
public final class OtherDocuments {
    private static final int MAX_BYTES = 32 << 20;
    private static final int MAX_KNOWN = 10_000;

    private static final Set<String> OF_MANIFEST = Set.of("audio", "video", "videos");

    /** Keys of a sidecar, a report, a status. */
    private static final List<Set<String>> OURS = List.of(
            Set.of("job", "batch", "inputs", "engine", "models"),
            Set.of("code", "message", "hint", "stage"),
            Set.of("batch", "manifest", "state", "jobs"));

    private static final List<Set<String>> OTHERS = List.of(
            Set.of("extractor", "webpage_url"), // yt-dlp
            Set.of("title", "photoTakenTime"), // Google Takeout
            Set.of("title", "creationTime", "imageViews"),
            Set.of("streams", "format"), // ffprobe
            Set.of("media", "creatingLibrary"), // MediaInfo
            Set.of("text", "segments"), // Whisper
            Set.of("segments", "language"),
            Set.of("name", "version"), // package.json
            Set.of("lockfileVersion"),
            Set.of("compilerOptions"),
            Set.of("type", "features"), // GeoJSON
            Set.of("nbformat", "cells")); // Jupyter

    private final GuardedFolder inbox;
    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    public OtherDocuments(GuardedFolder inbox) {
        this.inbox = inbox;
    }

    /** The keys of a document, with its stamp. */
    private record Known(Stamp stamp, @Nullable Set<String> keys) {}

    /** Whether it is one of Lipdrop's own. */
    public boolean isOurs(Path file) throws IOException {
        Set<String> keys = Names.fileName(file).endsWith(".json") ? keysOf(file) : null;
        return keys != null && !isManifest(keys) && OURS.stream().anyMatch(keys::containsAll);
    }

    /** Whether it is a known document that is not a manifest. */
    boolean isOther(Path file) throws IOException {
        String name = Names.fileName(file).toLowerCase(Locale.ROOT);
        if (!name.endsWith(".json")) {
            return false;
        }
        Set<String> keys = keysOf(file);
        if (keys == null) {
            return ManifestFilter.isReport(name); // not complete yet
        }
        return !isManifest(keys)
                && (ManifestFilter.isReport(name)
                        || name.endsWith(".info.json")
                        || isBesideItsFile(file)
                        || OURS.stream().anyMatch(keys::containsAll)
                        || OTHERS.stream().anyMatch(keys::containsAll));
    }

    private static boolean isManifest(Set<String> keys) {
        return !Collections.disjoint(keys, OF_MANIFEST) && OURS.stream().noneMatch(keys::containsAll);
    }

    /** {@code clip.mp4.json}, next to {@code clip.mp4}. */
    private boolean isBesideItsFile(Path file) throws IOException {
        String name = Names.fileName(file);
        Path described = file.resolveSibling(name.substring(0, name.length() - ".json".length()));
        return !Names.extension(Names.fileName(described)).isEmpty()
                && inbox.attributes(described).isPresent();
    }

    /** The keys of the JSON object in a file; none if it is not an object or cannot be parsed. */
    private @Nullable Set<String> keysOf(Path file) throws IOException {
        Stamp now = inbox.attributes(file).map(Stamp::of).orElse(Stamp.NONE);
        if (!now.exists()) {
            return null;
        }
        Known before = known.get(file);
        if (before != null && before.stamp.equals(now)) {
            return before.keys;
        }
        Set<String> keys = keysIn(inbox.read(file, MAX_BYTES));
        if (known.size() >= MAX_KNOWN) {
            known.clear();
        }
        known.put(file, new Known(now, keys));
        return keys;
    }

    private static @Nullable Set<String> keysIn(byte[] content) {
        Set<String> keys = new HashSet<>();
        try (JsonParser parser = new JsonFactory().createParser(content)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                keys.add(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
            }
            return parser.currentToken() == JsonToken.END_OBJECT ? keys : null;
        } catch (IOException e) {
            return null;
        }
    }
}
