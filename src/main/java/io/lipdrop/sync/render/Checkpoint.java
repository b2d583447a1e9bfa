package io.lipdrop.sync.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a rendering is: which segments are whole and on the disk. After a crash the work goes on behind the last one.
 *
 * @param plan what is being made; a rendering of another plan is not gone on with
 * @param segments frames in each finished segment, in order
 * @param mouths what became of the mouth in how many frames of all finished segments
 * @param ownLook which of the person's own looks the last of their frames shows, −1 for none
 * @param shot the shot of the source that the last face was in
 * @param sourceFrames how many frames the source has, 0 until its end was seen
 */
public record Checkpoint(
        String plan, List<Long> segments, Map<MouthResult, Long> mouths, int ownLook, int shot, long sourceFrames) {
    private static final Logger log = LoggerFactory.getLogger(Checkpoint.class);
    private static final String FILE_NAME = "checkpoint.json";

    public Checkpoint {
        segments = List.copyOf(segments);
        mouths = Map.copyOf(mouths);
    }

    /** The checkpoint of an earlier attempt at the same plan; else a fresh start in an empty folder. */
    public static Checkpoint resume(Path folder, String plan) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        if (Files.exists(file)) {
            try {
                Checkpoint last = Documents.read(file, Checkpoint.class);
                if (last != null && plan.equals(last.plan) && last.isWhole(folder)) {
                    return last;
                }
            } catch (JsonProcessingException e) {
                log.warn("{} is not a checkpoint of this version; the job starts from the beginning", file);
            }
        }
        DurableFiles.deleteTree(folder);
        Files.createDirectories(folder);
        return new Checkpoint(plan, List.of(), Map.of(), -1, 0, 0);
    }

    /** The checkpoint after one more segment, on disk. */
    Checkpoint with(Path folder, long frames, Map<MouthResult, Long> itsMouths, int itsLook, int itsShot, long source)
            throws IOException {
        List<Long> more = new ArrayList<>(segments);
        more.add(frames);
        Map<MouthResult, Long> all = new EnumMap<>(MouthResult.class);
        all.putAll(mouths);
        itsMouths.forEach((mouth, count) -> all.merge(mouth, count, Long::sum));
        Checkpoint next = new Checkpoint(plan, more, all, itsLook, itsShot, Math.max(sourceFrames, source));
        Documents.write(folder.resolve(FILE_NAME), next);
        return next;
    }

    public long frames() {
        return segments.stream().mapToLong(Long::longValue).sum();
    }

    /** In how many frames this became of the mouth. */
    public long frames(MouthResult mouth) {
        return mouths.getOrDefault(mouth, 0L);
    }

    public static Path segment(Path folder, int number) {
        return folder.resolve("segment-%05d.nut".formatted(number));
    }

    private boolean isWhole(Path folder) {
        for (int number = 0; number < segments.size(); number++) {
            if (!Files.exists(segment(folder, number))) {
                return false;
            }
        }
        return true;
    }
}
