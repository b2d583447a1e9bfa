package io.lipdrop.media.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Cache of probed files: probing starts two processes, and each stage of a job needs the result. */
final class ProbeAnswers {
    private static final int MAX = 64;

    private final Map<Key, MediaInfo> known = new LinkedHashMap<>(MAX, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, MediaInfo> eldest) {
            return size() > MAX;
        }
    };

    /** A file with its stamp: a changed file has a different key. */
    private record Key(Path file, long bytes, long modified) {}

    /** The result for a file, cached or new; failures are not cached. */
    MediaInfo of(Path file, Function<Path, MediaInfo> look) {
        Key key;
        try {
            key = new Key(
                    file, Files.size(file), Files.getLastModifiedTime(file).toMillis());
        } catch (IOException e) {
            return look.apply(file); // which reports the reason
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
