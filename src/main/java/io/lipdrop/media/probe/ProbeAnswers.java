package io.lipdrop.media.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The last files that were looked into: a file is opened by two processes, and each stage of a job asks again. */
final class ProbeAnswers {
    private static final int MAX = 64;

    private final Map<Key, MediaInfo> known = new LinkedHashMap<>(MAX, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, MediaInfo> eldest) {
            return size() > MAX;
        }
    };

    /** A file as it was: one that has changed is another. */
    private record Key(Path file, long bytes, long modified) {}

    /** The answer for a file, found before or now; what cannot be read is asked again each time. */
    MediaInfo of(Path file, Function<Path, MediaInfo> look) {
        Key key;
        try {
            key = new Key(
                    file, Files.size(file), Files.getLastModifiedTime(file).toMillis());
        } catch (IOException e) {
            return look.apply(file); // which says why
        }
        synchronized (known) {
            MediaInfo info = known.get(key);
            if (info != null) {
                return info;
            }
        }
        MediaInfo info = look.apply(file);
        synchronized (known) {
            known.put(key, info);
        }
        return info;
    }
}
