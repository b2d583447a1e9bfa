package io.lipdrop.intake.manifest;

import io.lipdrop.files.Stamp;
import io.lipdrop.job.Failure;
import io.lipdrop.job.Manifest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says, for as long as its file stays as it is.
 *
 * @param stamp how the file was
 * @param manifest what it says, or nothing where it cannot be carried out
 * @param failure why not
 * @param isEmpty whether nothing was in it, which may still come
 * @param isCutShort whether it ends in the middle, of which the rest may still come
 * @param files the files that it names; none where it could not be read to its end
 * @param places where each of them is named: {@code job.yaml, line 3, key "videos[1]"}
 * @param remarks what may be wrong with a name that no file has
 */
public record Reading(
        Stamp stamp,
        @Nullable Manifest manifest,
        @Nullable Failure failure,
        boolean isEmpty,
        boolean isCutShort,
        List<String> files,
        Map<String, String> places,
        Map<String, String> remarks) {
    public Reading {
        files = List.copyOf(files);
        places = Map.copyOf(places);
        remarks = Map.copyOf(remarks);
    }

    static Reading of(Stamp stamp, Manifest manifest, ManifestPlaces places, String fileName) {
        return new Reading(
                stamp, manifest, null, false, false, places.files(), places.inWords(fileName), places.remarks());
    }

    /** Of a manifest that was read to its end and is refused: its files go where it goes. */
    static Reading refused(Stamp stamp, Failure failure, ManifestPlaces places, String fileName) {
        return new Reading(
                stamp, null, failure, false, false, places.files(), places.inWords(fileName), places.remarks());
    }

    /** Of one that cannot be read to its end: nobody knows which files it names, and all stay where they are. */
    public static Reading unreadable(Stamp stamp, Failure failure, boolean isCutShort) {
        return new Reading(stamp, null, failure, false, isCutShort, List.of(), Map.of(), Map.of());
    }

    static Reading empty(Stamp stamp, Failure failure) {
        return new Reading(stamp, null, failure, true, false, List.of(), Map.of(), Map.of());
    }

    /** Whether the file is as it was. What was refused is read again: a file that it names may have come. */
    public boolean isStill(Stamp now) {
        return stamp.equals(now) && (failure == null || isEmpty);
    }

    /** A failure of a file that it names, with the place where it names it. */
    public Failure at(String name, Failure failure) {
        String place = places.get(name);
        return place == null ? failure : new Failure(failure.code(), place + ": " + failure.reason(), failure);
    }
}
