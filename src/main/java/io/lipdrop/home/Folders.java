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
 * All folders. The defaults are sub-folders of {@code lipdrop.home}; each may be on another file system.
 *
 * @param home the parent of all folders that are not set separately
 * @param inbox the user's drops
 * @param outbox finished videos and {@code status.json}, one folder per batch
 * @param error failed files with reports, one folder per batch
 * @param models ONNX models
 * @param library media for repeated use: read, never moved
 * @param work the queue and unfinished work; only Lipdrop writes here
 */
@ConfigurationProperties("lipdrop")
public record Folders(Path home, Path inbox, Path outbox, Path error, Path models, Path library, Path work) {
    /** A file in {@code work/} from the start on. If it is missing, the disk or share of {@code work/} is unmounted. */
    public static final String LOCK = "lipdrop.lock";

    /** The record of a claim, in the batch's folder. */
    public static final String CLAIM = "claim.json";

    /** The record of a batch, in its folder, once its claim has been seen. */
    public static final String BATCH = "batch.json";

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

    /** The document of a batch with videos to check. */
    public Path claimed(String batch) {
        return claimed().resolve(batch + ".json");
    }

    /** Documents of waiting jobs; sorted by name they are in the order of work. */
    public Path queued() {
        return work.resolve("queued");
    }

    /** Documents of running jobs. */
    public Path running() {
        return work.resolve("running");
    }

    /** Sources of finished batches, for the retention time. */
    public Path archive() {
        return work.resolve("archive");
    }

    /** Saved mouth images of rendered videos. */
    public Path mouths() {
        return work.resolve("mouths");
    }

    /** Files that arrive over HTTP, until a batch takes them. */
    public Path uploads() {
        return work.resolve("uploads");
    }

    /** What was answered to requests with an {@code Idempotency-Key}, for a day. */
    public Path requests() {
        return work.resolve("requests");
    }

    /** How long the last jobs took. */
    public Path pastJobs() {
        return work.resolve("past-jobs.json");
    }

    /** Unfinished batches, a folder each. */
    public Path staging() {
        return work.resolve("staging");
    }

    /** Everything of an unfinished batch: media, record, working files. */
    public Path staging(String batch) {
        return staging().resolve(batch);
    }

    /** Media of a claimed batch. */
    public Path media(String batch) {
        return staging(batch).resolve("media");
    }

    /** The manifest of a claimed batch, under its own name, in a separate folder, so that its name cannot collide with a record. */
    public Path manifest(String batch) {
        return staging(batch).resolve("manifest");
    }

    /** Working and finished files of one job, before delivery. */
    public Path rendering(Job job) {
        return renderings(job.batch()).resolve(job.id());
    }

    /** The renderings of a claimed batch. */
    public Path renderings(String batch) {
        return staging(batch).resolve("rendering");
    }

    /** The decoded voice of a claimed batch, and what was heard in it. */
    public Path voice(String batch) {
        return staging(batch).resolve("voice");
    }

    /** The record of a claim that is not carried out yet. */
    public Path claim(String batch) {
        return staging(batch).resolve(CLAIM);
    }

    /** Marker files of the jobs of a batch that validation has accepted. */
    public Path accepted(String batch) {
        return staging(batch).resolve("accepted");
    }

    /** Jobs of claimed batches that are to be cancelled, a document each. */
    public Path cancelled(String batch) {
        return staging(batch).resolve("cancelled");
    }

    /** The document that all jobs of a claimed batch are to be cancelled that have not ended. */
    public Path cancelledBatch(String batch) {
        return staging(batch).resolve("cancelled.json");
    }

    /** The plan by which a batch gets the files of a failed job, until it has them. */
    public Path retry(String batch) {
        return staging(batch).resolve("retry.json");
    }

    /** Documents of ours that could not be read, kept for a person to look at. */
    public Path aside() {
        return work.resolve("aside");
    }

    /**
     * Checks that the disk or share of the job's sources is mounted, so that an error is not blamed on the job.
     *
     * @throws MachineUnfit if it is not
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

    /** The record of a folder that may be on a share: path and id. */
    public Path record(String folder) {
        return record(work, folder);
    }

    /** The same, before settings are loaded. */
    public static Path record(Path work, String folder) {
        return work.resolve("folders").resolve(folder);
    }

    /** The outcomes of a batch, one document per job. */
    public Path outcomes(String batch) {
        return staging(batch).resolve("outcomes");
    }
}
