package io.lipdrop.home;

import io.lipdrop.job.Job;
import io.lipdrop.job.MachineUnfit;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where everything lives. The defaults are sub-folders of {@code lipdrop.home}; each may be on another file system.
 *
 * @param home the folder of everything that is not put elsewhere
 * @param inbox drops arrive here; the user's
 * @param outbox finished videos and {@code status.json}, a folder a batch
 * @param error what failed, with the reason, a folder a batch
 * @param models ONNX models
 * @param library media to use again and again: read, never moved
 * @param work the queue and everything half-done; nobody else writes here
 */
@ConfigurationProperties("lipdrop")
public record Folders(Path home, Path inbox, Path outbox, Path error, Path models, Path library, Path work) {
    /** In {@code work/}, from the start on: where it is missing, so is the disk or share of {@code work/}. */
    public static final String LOCK = "lipdrop.lock";

    /** Where an earlier version kept the documents of a batch that was not queued yet. */
    public static final String PENDING = "pending";

    public Folders {
        home = home.toAbsolutePath().normalize();
        inbox = inbox.toAbsolutePath().normalize();
        outbox = outbox.toAbsolutePath().normalize();
        error = error.toAbsolutePath().normalize();
        models = models.toAbsolutePath().normalize();
        library = library.toAbsolutePath().normalize();
        work = work.toAbsolutePath().normalize();
    }

    private Map<String, Path> named() {
        Map<String, Path> named = new LinkedHashMap<>();
        named.put("work", work);
        named.put("library", library);
        named.put("inbox", inbox);
        named.put("outbox", outbox);
        named.put("error", error);
        return named;
    }

    /** A path below one of the folders, begun with that folder's name and divided by {@code /}; any other as it is. */
    String nameOf(Path path) {
        for (Map.Entry<String, Path> folder : named().entrySet()) {
            if (path.startsWith(folder.getValue()) && !path.equals(folder.getValue())) {
                Path inside = folder.getValue().relativize(path);
                return folder.getKey() + "/" + inside.toString().replace(File.separatorChar, '/');
            }
        }
        return path.toString();
    }

    /** The path that {@link #nameOf} has written. */
    Path locate(String name) {
        int end = name.indexOf('/');
        Path folder = end > 0 ? named().get(name.substring(0, end)) : null;
        return folder == null ? Path.of(name) : folder.resolve(name.substring(end + 1));
    }

    /** Claimed batches that have videos to check, a document each. */
    public Path claimed() {
        return work.resolve("claimed");
    }

    /** The document of a batch that has videos to check. */
    public Path claimed(String batch) {
        return claimed().resolve(batch + ".json");
    }

    /** Jobs in the order of work, a document each. */
    public Path queued() {
        return work.resolve("queued");
    }

    /** The jobs being worked on. */
    public Path running() {
        return work.resolve("running");
    }

    /** Sources of finished batches, kept for a while. */
    public Path archive() {
        return work.resolve("archive");
    }

    /** The mouths of people in videos that were rendered before. */
    public Path mouths() {
        return work.resolve("mouths");
    }

    public Path staging() {
        return work.resolve("staging");
    }

    /** Everything of one batch that is not finished: its media, its record, its half-made results. */
    public Path staging(String batch) {
        return staging().resolve(batch);
    }

    /** Media of a claimed batch. */
    public Path media(String batch) {
        return staging(batch).resolve("media");
    }

    /** The manifest of a claimed batch, under its own name: a folder of its own, so that no name can meet a record's. */
    public Path manifest(String batch) {
        return staging(batch).resolve("manifest");
    }

    /** Half-made and finished files of one job, before delivery. */
    public Path rendering(Job job) {
        return staging(job.batch()).resolve("rendering").resolve(job.id());
    }

    /** A mark for each job of a claimed batch that validation has accepted. */
    public Path accepted(String batch) {
        return staging(batch).resolve("accepted");
    }

    /** A document for each job of a claimed batch that is to be cancelled. */
    public Path cancelled(String batch) {
        return staging(batch).resolve("cancelled");
    }

    /** Documents of ours that could not be read, kept for a person to look at. */
    public Path aside() {
        return work.resolve("aside");
    }

    /**
     * Makes sure that what goes wrong with a job is not that its sources are away with the disk or share they lie on.
     *
     * @throws MachineUnfit when they are
     */
    public void requireSourcesOf(Job job) {
        for (Path source : List.of(job.audio(), job.video())) {
            boolean isOurs = source.startsWith(work);
            if (!Files.isReadable(source) && (isOurs || source.startsWith(library))) {
                Path folder = isOurs ? staging() : library;
                boolean isThere = Files.isDirectory(folder) && Files.isExecutable(folder);
                if (!isThere || (isOurs && !Files.exists(work.resolve(LOCK)))) {
                    throw new MachineUnfit(folder + " cannot be read: is a disk or network share unmounted?");
                }
            }
        }
    }

    /** What is remembered of a folder that may be on a share: its path and its id. */
    public Path record(String folder) {
        return record(work, folder);
    }

    /** The same, before there are settings. */
    public static Path record(Path work, String folder) {
        return work.resolve("folders").resolve(folder);
    }

    /** What became of each job of a batch, a document each. */
    public Path outcomes(String batch) {
        return staging(batch).resolve("outcomes");
    }
}
