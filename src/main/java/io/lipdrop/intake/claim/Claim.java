package io.lipdrop.intake.claim;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.lipdrop.files.SharedFolder;
import io.lipdrop.files.Stamp;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.home.TakenNames;
import io.lipdrop.intake.drop.Drop;
import io.lipdrop.intake.drop.InboxPath;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.job.Manifest;
import io.lipdrop.job.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The plan for taking a drop as it was checked: which file moves where. It is on disk before the first file moves, so that
 * the next start can complete a claim that a crash interrupted.
 *
 * @param batch the batch's name
 * @param manifestFile the manifest in the inbox
 * @param manifest its content
 * @param places the target of each file, by its name in the manifest
 * @param moves the files to take, in order; the manifest is the last
 * @param inboxStore the mount of the inbox; while it is not available, the state of its files is unknown. Empty for a batch that
 *     was posted: its files are uploads, and its manifest is in its place already
 */
public record Claim(
        String batch,
        Path manifestFile,
        Manifest manifest,
        Map<String, Path> places,
        List<Move> moves,
        String inboxStore,
        Instant at) {
    /**
     * A file to take.
     *
     * @param shared whether the source stays, because another manifest names it too
     * @param stamp of the source at the check
     */
    public record Move(Path source, Path target, boolean shared, Stamp stamp) {
        /** Whether this is the file that was checked. */
        public boolean isOf(BasicFileAttributes file) {
            return stamp.exists() && stamp.equals(Stamp.of(file));
        }

        /** Whether a file has the same size and another time, as copies and touched files have. */
        private boolean isCopyOf(Stamp file) {
            return file.bytes() == stamp.bytes() && file.millis() != stamp.millis();
        }
    }

    public Claim {
        places = Map.copyOf(places);
        moves = List.copyOf(moves);
    }

    /** Whether a document has everything that a claim needs, in the folder of its batch. */
    boolean isComplete(String folder) {
        return folder.equals(batch)
                && manifestFile != null
                && manifest != null
                && manifest.audio() != null
                && inboxStore != null
                && at != null
                && moves.stream().allMatch(move -> move.source != null && move.target != null && move.stamp != null);
    }

    public static Claim of(String batch, Drop drop, Folders folders, Predicate<Path> isShared, Instant at)
            throws IOException {
        Map<String, Path> places = new HashMap<>();
        Map<Path, Move> moves = new LinkedHashMap<>();
        TakenNames media = JobNames.ofBatch(batch); // the voice has this name in the error folder
        Path manifest = drop.manifestFile();
        Path manifestPlace = folders.manifest(batch).resolve(Names.fileName(manifest));
        for (InboxPath path : drop.files().values()) {
            if (path.inLibrary()) {
                places.put(path.name(), path.file());
            } else if (path.file().equals(manifest)) {
                places.put(path.name(), manifestPlace);
            } else {
                Move move = moves.computeIfAbsent(
                        path.file(),
                        file -> new Move(
                                file,
                                folders.media(batch).resolve(freeName(file, media)),
                                isShared.test(file),
                                drop.stampOf(file)));
                places.put(path.name(), move.target());
            }
        }
        moves.put(manifest, new Move(manifest, manifestPlace, false, drop.stampOf(manifest)));
        return new Claim(
                batch,
                manifest,
                Objects.requireNonNull(drop.manifest()),
                places,
                List.copyOf(moves.values()),
                SharedFolder.mountOf(folders.inbox()),
                at);
    }

    /**
     * The claim of a batch that was posted.
     *
     * @param manifest names the uploads as their senders do
     * @param uploads the files of the uploads, by their names in the manifest
     * @param library the files of the library, likewise
     */
    public static Claim posted(
            String batch,
            Manifest manifest,
            Map<String, Path> uploads,
            Map<String, Path> library,
            Folders folders,
            Instant at)
            throws IOException {
        Map<String, Path> places = new HashMap<>(library);
        List<Move> moves = new ArrayList<>();
        TakenNames media = JobNames.ofBatch(batch);
        for (Map.Entry<String, Path> upload : uploads.entrySet()) {
            Path place = folders.media(batch).resolve(freeName(Path.of(upload.getKey()), media));
            moves.add(new Move(upload.getValue(), place, false, Stamp.of(upload.getValue())));
            places.put(upload.getKey(), place);
        }
        Path document = folders.manifest(batch).resolve(batch + ".json");
        return new Claim(batch, document, manifest, places, moves, "", at);
    }

    /** Whether its files are uploads: nothing of it was in the inbox. */
    @JsonIgnore
    public boolean isPosted() {
        return inboxStore.isEmpty();
    }

    /** The batch after all files have moved. */
    public Batch toBatch() {
        List<Job> jobs = new ArrayList<>();
        JobNames names = new JobNames(batch, placeOf(manifest.audio()));
        for (Manifest.Video video : manifest.videos()) {
            int sequence = jobs.size() + 1;
            Options own = video.options() != null ? video.options() : Options.NONE;
            jobs.add(new Job(
                    Names.jobId(batch, sequence),
                    batch,
                    names.stemOf(video.file(), placeOf(video.file())),
                    manifest.audio(),
                    placeOf(manifest.audio()),
                    video.file(),
                    placeOf(video.file()),
                    own.over(manifest.options()).over(Options.DEFAULTS),
                    manifest.priority(),
                    sequence,
                    0,
                    at));
        }
        return new Batch(batch, Names.fileName(manifestFile), jobs, at);
    }

    /** The stamps of the sources after all files have moved: as checked, for a copy as copied. */
    public Map<Path, Stamp> stamps() throws IOException {
        Map<Path, Stamp> stamps = new HashMap<>();
        for (Path place : places.values()) {
            stamps.put(place, Stamp.of(place));
        }
        for (Move move : moves) {
            Stamp now = stamps.get(move.target());
            if (now != null && !move.isCopyOf(now)) {
                stamps.put(move.target(), move.stamp());
            }
        }
        return stamps;
    }

    private Path placeOf(String name) {
        return Objects.requireNonNull(places.get(name), name);
    }

    private static String freeName(Path file, TakenNames taken) {
        String name = Names.fileName(file);
        return taken.free(Names.stem(name), Names.extension(name));
    }
}
