package io.lipdrop.intake;

import io.lipdrop.files.SharedFolder;
import io.lipdrop.files.Stamp;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Folders;
import io.lipdrop.job.Job;
import io.lipdrop.job.Manifest;
import io.lipdrop.job.Names;
import io.lipdrop.job.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The written intent to take a drop as it was judged: what moves where. On disk before the first file moves, so that a claim
 * that a crash cut short is carried to its end at the next start.
 *
 * @param batch the batch's name
 * @param manifestFile the manifest in the inbox
 * @param manifest what it says
 * @param places where each file will be, by the name that the manifest gives it
 * @param moves the files to take, in order; the manifest is the last
 * @param inboxStore what the inbox lies on: while it is not there, nothing can be said of its files
 */
record Claim(
        String batch,
        Path manifestFile,
        Manifest manifest,
        Map<String, Path> places,
        List<Move> moves,
        String inboxStore,
        Instant at) {
    static final String FILE_NAME = "claim.json";

    /**
     * One file to take.
     *
     * @param shared whether the source stays, because another manifest names it too
     * @param stamp of the source, when it was judged
     */
    record Move(Path source, Path target, boolean shared, Stamp stamp) {
        /** Whether the source is still the file that was judged. */
        boolean isAsJudged() throws IOException {
            return stamp.equals(Stamp.of(source));
        }
    }

    Claim {
        places = Map.copyOf(places);
        moves = List.copyOf(moves);
    }

    static Claim of(String batch, Drop drop, Folders folders, Predicate<Path> isShared, Instant at) throws IOException {
        Map<String, Path> places = new HashMap<>();
        Map<Path, Move> moves = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (InboxPath path : drop.files().values()) {
            if (path.inLibrary()) {
                places.put(path.name(), path.file());
            } else {
                Move move = moves.computeIfAbsent(
                        path.file(),
                        file -> new Move(
                                file,
                                folders.media(batch).resolve(freeName(file, taken)),
                                isShared.test(file),
                                drop.stampOf(file)));
                places.put(path.name(), move.target());
            }
        }
        Path manifest = drop.manifestFile();
        Path manifestPlace = folders.staging(batch).resolve(Names.fileName(manifest));
        moves.put(manifest, new Move(manifest, manifestPlace, false, drop.stampOf(manifest)));
        return new Claim(
                batch,
                manifest,
                Objects.requireNonNull(drop.manifest()),
                places,
                List.copyOf(moves.values()),
                SharedFolder.storeOf(folders.inbox()),
                at);
    }

    /** The batch as it is once everything has moved. */
    Batch toBatch() {
        List<Job> jobs = new ArrayList<>();
        Set<String> stems = new HashSet<>(Set.of("status")); // status.json is the batch's own
        String voice = Names.baseName(manifest.audio()).toLowerCase(Locale.ROOT);
        for (Manifest.Video video : manifest.videos()) {
            int sequence = jobs.size() + 1;
            boolean isNamesake =
                    Names.baseName(video.file()).toLowerCase(Locale.ROOT).equals(voice)
                            && !placeOf(video.file()).equals(placeOf(manifest.audio()));
            if (isNamesake) {
                stems.add(Names.stem(voice)); // both may come to lie in one folder of error
            }
            Options own = video.options() != null ? video.options() : Options.NONE;
            jobs.add(new Job(
                    Names.jobId(batch, sequence),
                    batch,
                    freeStem(video.file(), stems),
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

    private Path placeOf(String name) {
        return Objects.requireNonNull(places.get(name), name);
    }

    private static String freeStem(String file, Set<String> taken) {
        String stem = Names.stem(file);
        String free = stem;
        for (int count = 2; !taken.add(free.toLowerCase(Locale.ROOT)); count++) {
            free = stem + "-" + count;
        }
        return free;
    }

    private static String freeName(Path file, Set<String> taken) {
        String name = Names.fileName(file);
        String free = name;
        for (int count = 2; !taken.add(free.toLowerCase(Locale.ROOT)); count++) {
            free = Names.stem(name) + "-" + count + Names.extension(name);
        }
        return free;
    }
}
