package io.lipdrop.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One drop, and what has to become of it.
 *
 * @param batch its name
 * @param manifest its text
 * @param files what is copied, by the name that it gets
 * @param videos the stem of each video, and how many frames its result has; 0 where it has to be reported
 */
record Drop(String batch, String manifest, Map<String, Path> files, Map<String, Integer> videos) {
    private static final int FRAMES_PER_SECOND = 25;

    /** The kinds of drops that a campaign makes. */
    enum Kind {
        SINGLE,
        THREE,
        LONG,
        LARGE,
        MIXED,
        BAD_VOICE,
        REFUSED;

        Drop make(String batch, Media media) {
            return switch (this) {
                case SINGLE -> good(batch, media, 2, media.face());
                case THREE -> good(batch, media, 1, media.face(), media.face(), media.face());
                case LONG -> good(batch, media, 25, media.face());
                case LARGE -> good(batch, media, 1, media.largeFace());
                case MIXED ->
                    of(batch, media.voice(1), 1, List.of(media.face(), media.damaged(), media.nobody()), Set.of(1, 2));
                case BAD_VOICE -> of(batch, media.damaged(), 1, List.of(media.face(), media.face()), Set.of(0, 1));
                case REFUSED -> new Drop(batch, "audio: [", Map.of(), Map.of(batch, 0));
            };
        }
    }

    private static Drop good(String batch, Media media, int seconds, Path... videos) {
        return of(batch, media.voice(seconds), seconds, List.of(videos), Set.of());
    }

    static Drop of(String batch, Path voice, int seconds, List<Path> videos, Set<Integer> bad) {
        Map<String, Path> files = new LinkedHashMap<>();
        Map<String, Integer> expected = new LinkedHashMap<>();
        String voiceName = batch + "-voice" + ending(voice);
        files.put(voiceName, voice);
        StringBuilder manifest = new StringBuilder("audio: " + voiceName + "\nvideos:\n");
        for (int i = 0; i < videos.size(); i++) {
            String stem = batch + "-" + (char) ('a' + i);
            String name = stem + ending(videos.get(i));
            files.put(name, videos.get(i));
            manifest.append("  - ").append(name).append('\n');
            expected.put(stem, bad.contains(i) ? 0 : seconds * FRAMES_PER_SECOND);
        }
        return new Drop(batch, manifest.toString(), files, expected);
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.'));
    }

    void into(Path inbox) throws IOException {
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Files.copy(file.getValue(), inbox.resolve(file.getKey()));
        }
        Files.writeString(inbox.resolve(batch + ".yaml"), manifest);
    }
}
