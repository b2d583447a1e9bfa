package io.lipdrop.intake.posted;

import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.home.TakenNames;
import io.lipdrop.intake.drop.FolderNames;
import io.lipdrop.intake.drop.InboxPath;
import io.lipdrop.intake.manifest.ManifestProblem;
import io.lipdrop.intake.manifest.Reading;
import io.lipdrop.intake.posted.PostRefused.Reason;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Manifest;
import io.lipdrop.uploads.HeldUploads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The files that a posted manifest names: {@code library/…} and {@code upload:<id>}. */
final class PostedFiles {
    private static final String UPLOAD = "upload:";

    private final Reading reading;
    private final Map<String, Path> library = new LinkedHashMap<>();
    private final Map<String, String> ids = new LinkedHashMap<>();

    private PostedFiles(Reading reading) {
        this.reading = reading;
    }

    /**
     * Looks at the names, and for the files in the library.
     *
     * @throws PostRefused if one is not allowed, or not there
     */
    static PostedFiles of(Reading reading, Folders folders, FolderNames names) throws IOException {
        PostedFiles files = new PostedFiles(reading);
        for (String name : reading.files()) {
            if (name.startsWith(UPLOAD)) {
                files.ids.put(name, name.substring(UPLOAD.length()));
            } else {
                files.library.put(name, files.inLibrary(name, folders, names));
            }
        }
        return files;
    }

    private Path inLibrary(String name, Folders folders, FolderNames names) throws IOException {
        if (!name.replace('\\', '/').startsWith(Manifest.LIBRARY)) {
            throw refused(
                    name,
                    FailureCode.PATH_NOT_ALLOWED,
                    "\"%s\" is neither an upload (upload:<id>) nor a file of the library (library/…).");
        }
        InboxPath path;
        try {
            path = InboxPath.of(name, folders.inbox().resolve("manifest"), folders, names);
        } catch (Failure e) {
            throw new PostRefused(Reason.MANIFEST, reading.at(name, e));
        }
        if (!path.stamp().exists()) {
            throw refused(name, FailureCode.MEDIA_MISSING, "\"%s\" does not exist.");
        }
        if (path.stamp().bytes() == 0) {
            throw refused(name, FailureCode.MEDIA_MISSING, "\"%s\" is empty (0 bytes).");
        }
        return path.file();
    }

    private PostRefused refused(String name, FailureCode code, String words) {
        return new PostRefused(
                Reason.MANIFEST, reading.at(name, new Failure(code, words.formatted(ManifestProblem.shown(name)))));
    }

    /** The uploads that it names. */
    List<String> uploads() {
        return List.copyOf(ids.values());
    }

    /**
     * The manifest as if its uploads had come with it as files.
     *
     * @param held the uploads
     */
    Plan plan(HeldUploads held) {
        Map<String, String> shown = new LinkedHashMap<>();
        Map<String, Path> uploads = new LinkedHashMap<>();
        TakenNames taken = new TakenNames(List.of());
        ids.forEach((name, id) -> {
            HeldUploads.File file = Objects.requireNonNull(held.files().get(id), id);
            String free = taken.free(Names.stem(file.name()), Names.extension(file.name()));
            shown.put(name, free);
            uploads.put(free, file.path());
        });
        Manifest asked = Objects.requireNonNull(reading.manifest());
        Manifest manifest = new Manifest(
                shown.getOrDefault(asked.audio(), asked.audio()),
                asked.videos().stream()
                        .map(video ->
                                new Manifest.Video(shown.getOrDefault(video.file(), video.file()), video.options()))
                        .toList(),
                asked.priority(),
                asked.options());
        return new Plan(manifest, uploads, library);
    }

    /**
     * What is to be claimed.
     *
     * @param manifest names the uploads as their senders do
     * @param uploads their files by these names
     * @param library the files of the library, likewise
     */
    record Plan(Manifest manifest, Map<String, Path> uploads, Map<String, Path> library) {}
}
