package io.lipdrop.intake.manifest;

import io.lipdrop.files.Stamp;
import io.lipdrop.job.Failure;
import io.lipdrop.job.Manifest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of a manifest, valid while its file is unchanged.
 *
 * @param stamp of the file
 * @param manifest the content, or null if it is rejected
 * @param failure the reason for a rejection
 * @param isEmpty whether it was empty and may still be filled
 * @param isCutShort whether it ends in the middle and the rest may still be copied
 * @param files the files that it names; none if it could not be parsed to its end
 * @param places the place of each name: {@code job.yaml, line 3, key "videos[1]"}
 * @param remarks possible mistakes in names that no file has
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

    /** For a rejected manifest that was parsed to its end: its files are moved with it. */
    static Reading refused(Stamp stamp, Failure failure, ManifestPlaces places, String fileName) {
        return new Reading(
                stamp, null, failure, false, false, places.files(), places.inWords(fileName), places.remarks());
    }

    /** For one that cannot be parsed to its end: it is unknown which files it names, so all stay. */
    public static Reading unreadable(Stamp stamp, Failure failure, boolean isCutShort) {
        return new Reading(stamp, null, failure, false, isCutShort, List.of(), Map.of(), Map.of());
    }

    static Reading empty(Stamp stamp, Failure failure) {
        return new Reading(stamp, null, failure, true, false, List.of(), Map.of(), Map.of());
    }

    /** Whether the file is unchanged. A rejected manifest is read again: a missing file may exist now. */
    public boolean isStill(Stamp now) {
        return stamp.equals(now) && (failure == null || isEmpty);
    }

    /** A failure of a named file, with the place of its name. */
    public Failure at(String name, Failure failure) {
        String place = places.get(name);
        return place == null ? failure : new Failure(failure.code(), place + ": " + failure.reason(), failure);
    }
}
