package io.lipdrop.home;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.files.Stamp;
import io.lipdrop.job.Job;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.job.SourceChanged;
import io.lipdrop.stage.Uptime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Stamps of the sources of each batch at the time of the check. A writer that only paused continues in the file, even after
 * it was moved; and people overwrite library files.
 */
@Component
public class Sources {
    private static final Logger log = LoggerFactory.getLogger(Sources.class);
    private static final String FILE_NAME = "sources.json";

    private final Folders folders;
    private final Uptime uptime;
    private final Duration settle;
    private final Map<Path, Seen> changing = new HashMap<>();

    public Sources(Folders folders, Uptime uptime, InboxSettings settings) {
        this.folders = folders;
        this.uptime = uptime;
        this.settle = settings.settle();
    }

    /** The record of a batch: stamps of its sources by path. */
    private record Judged(Map<String, Stamp> sources) {}

    private record Seen(Stamp stamp, Duration since) {}

    /** Records the stamps of a batch's sources; on disk when this returns. Existing entries stay. */
    public synchronized void judged(String batch, Map<Path, Stamp> stamps) throws IOException {
        Map<String, Stamp> known = new HashMap<>();
        stamps.forEach((file, stamp) -> known.put(file.toString(), stamp));
        known.putAll(of(batch));
        write(batch, known);
    }

    /**
     * Checks, before validation, that the sources of a job do not change. A source that changed and has settled is recorded again.
     *
     * @throws SourceChanged if one is still changing
     */
    public synchronized void requireRest(Job job) {
        try {
            requireRest(job.batch(), job.audio(), job.audioName());
            requireRest(job.batch(), job.video(), job.videoName());
        } catch (IOException e) {
            throw unfit(e);
        }
    }

    /**
     * Records the files of a rendering. Deletes a rendering that was started with other files.
     *
     * @throws SourceChanged if a source is not the file that was checked
     */
    public synchronized void begin(Job job) {
        try {
            Map<String, Stamp> now = now(job);
            requireSame(job, of(job.batch()), now);
            Path record = begun(job);
            if (Files.exists(record) && !read(record).equals(now)) {
                DurableFiles.deleteTree(folders.rendering(job));
            }
            write(record, now);
        } catch (IOException e) {
            throw unfit(e);
        }
    }

    /**
     * Checks that the sources of a job are the files that its rendering was made from.
     *
     * @throws SourceChanged if one is not
     */
    public synchronized void requireSame(Job job) {
        try {
            Path begun = begun(job);
            requireSame(job, Files.exists(begun) ? read(begun) : of(job.batch()), now(job));
        } catch (IOException e) {
            throw unfit(e);
        }
    }

    /**
     * Checks that the sources of a job have not changed since validation, regardless of earlier renderings.
     *
     * @throws SourceChanged if one is not
     */
    public synchronized void requireJudged(Job job) {
        try {
            requireSame(job, of(job.batch()), now(job));
        } catch (IOException e) {
            throw unfit(e);
        }
    }

    private static void requireSame(Job job, Map<String, Stamp> judged, Map<String, Stamp> now) {
        for (Path source : List.of(job.audio(), job.video())) {
            Stamp then = judged.get(source.toString());
            Stamp stamp = now.get(source.toString());
            if (then != null && stamp != null && stamp.exists() && !stamp.equals(then)) {
                throw new SourceChanged(source.equals(job.video()) ? job.videoName() : job.audioName());
            }
        }
    }

    private static Map<String, Stamp> now(Job job) throws IOException {
        Map<String, Stamp> now = new HashMap<>();
        for (Path source : List.of(job.audio(), job.video())) {
            now.put(source.toString(), Stamp.of(source));
        }
        return now;
    }

    /** Next to the rendering, not in it: a rendering starts in an empty folder. */
    private Path begun(Job job) {
        Path rendering = folders.rendering(job);
        return rendering.resolveSibling(Names.fileName(rendering) + ".json");
    }

    private static MachineUnfit unfit(IOException e) {
        return new MachineUnfit("work/ cannot be read or written (" + e.getMessage() + ")", e);
    }

    private void requireRest(String batch, Path file, String name) throws IOException {
        Map<String, Stamp> known = of(batch);
        Stamp now = Stamp.of(file);
        Stamp judged = known.get(file.toString());
        if (!now.exists() || now.equals(judged)) {
            changing.remove(file);
            return; // its reader reports that it is missing
        }
        if (judged != null && !isResting(file, now)) {
            throw new SourceChanged(name);
        }
        known.put(file.toString(), now); // a home of an earlier version has no record yet
        write(batch, known);
        changing.remove(file);
        if (judged != null) {
            log.info("{}: {} changed after it was taken from the inbox; it is checked again", batch, name);
        }
    }

    private boolean isResting(Path file, Stamp now) {
        Seen seen = changing.get(file);
        if (seen == null || !seen.stamp.equals(now)) {
            seen = new Seen(now, uptime.now());
            changing.put(file, seen);
        }
        return uptime.now().minus(seen.since).compareTo(settle) >= 0;
    }

    private Map<String, Stamp> of(String batch) throws IOException {
        Path record = folders.staging(batch).resolve(FILE_NAME);
        return Files.exists(record) ? read(record) : new HashMap<>();
    }

    /** The content of a record; an unreadable one counts as empty and is written again. */
    private Map<String, Stamp> read(Path record) throws IOException {
        try {
            Judged judged = Documents.read(record, Judged.class);
            if (judged != null && judged.sources() != null) {
                Map<String, Stamp> stamps = new HashMap<>();
                judged.sources()
                        .forEach(
                                (name, stamp) -> stamps.put(folders.locate(name).toString(), stamp));
                return stamps;
            }
        } catch (JsonProcessingException e) {
            log.debug("{}", record, e);
        }
        log.warn("{} cannot be read; the sources are recorded again", record);
        return new HashMap<>();
    }

    private void write(String batch, Map<String, Stamp> sources) throws IOException {
        write(folders.staging(batch).resolve(FILE_NAME), sources);
    }

    private void write(Path record, Map<String, Stamp> sources) throws IOException {
        Map<String, Stamp> named = new HashMap<>();
        sources.forEach((file, stamp) -> named.put(folders.nameOf(Path.of(file)), stamp));
        Documents.write(record, new Judged(named));
    }
}
