package io.lipdrop.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.job.Job;
import io.lipdrop.job.Manifest;
import io.lipdrop.job.Options;
import io.lipdrop.stage.Outcomes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The manifest in {@code error/<batch>/} that runs again just what failed, when the folder is dropped into the inbox. */
final class RetryManifest {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    private final Folders folders;
    private final Outcomes outcomes;

    RetryManifest(Folders folders, Outcomes outcomes) {
        this.folders = folders;
        this.outcomes = outcomes;
    }

    /** Writes it anew, with these jobs of a batch and those that failed before and are still in the folder. */
    void write(List<Job> jobs, Path folder) throws IOException {
        Job first = jobs.get(0);
        Set<String> present = namesIn(folder); // listed once, however many jobs failed before
        Set<String> ids = jobs.stream().map(Job::id).collect(Collectors.toSet());
        List<Manifest.Video> videos = new ArrayList<>();
        for (Job earlier : outcomes.unsuccessful(first.batch()).keySet()) {
            boolean isStillHere = present.contains(
                    Names.fileName(reportOf(earlier, folder))); // otherwise the user has dropped it again
            if (isStillHere && !ids.contains(earlier.id())) {
                videos.add(videoOf(earlier));
            }
        }
        jobs.forEach(job -> videos.add(videoOf(job)));
        write(new Manifest(voiceOf(first), videos, first.priority(), Options.NONE), present, first.batch(), folder);
    }

    /** Writes it anew without one job; deletes it where nothing is left. */
    static void writeWithout(Manifest retried, String batch, Path folder) throws IOException {
        Path file = fileIn(folder, batch);
        Optional<Manifest> known = read(file);
        if (known.isEmpty()) {
            return; // somebody has deleted or rewritten it
        }
        List<Manifest.Video> left = new ArrayList<>(known.get().videos());
        Manifest.Video video = retried.videos().get(0);
        if (!left.remove(video) && !video.file().startsWith(Manifest.LIBRARY)) { // its options were edited
            left.removeIf(other -> other.file().equals(video.file()));
        }
        if (left.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            Manifest manifest = known.get();
            write(
                    new Manifest(manifest.audio(), left, manifest.priority(), manifest.options()),
                    namesIn(folder),
                    batch,
                    folder);
        }
    }

    /** What would run again one job of the manifest; of reports of earlier versions, which do not say it themselves. */
    static Optional<Manifest> entry(Path folder, String batch, String video) {
        return read(fileIn(folder, batch))
                .flatMap(manifest -> manifest.videos().stream()
                        .filter(entry -> entry.file().equals(video))
                        .findFirst()
                        .map(entry -> new Manifest(
                                manifest.audio(), List.of(entry), manifest.priority(), manifest.options())));
    }

    /** What would run just this job again. */
    Manifest of(Job job) {
        return new Manifest(voiceOf(job), List.of(videoOf(job)), job.priority(), Options.NONE);
    }

    private Manifest.Video videoOf(Job job) {
        return new Manifest.Video(nameOf(job), job.options());
    }

    private String voiceOf(Job job) {
        return isInLibrary(job.audio()) ? job.audioName() : Names.fileName(job.audio());
    }

    static Path fileIn(Path folder, String batch) {
        return folder.resolve(batch + ".yaml");
    }

    private static Optional<Manifest> read(Path file) {
        try {
            return Optional.ofNullable(YAML.readValue(Files.readAllBytes(file), Manifest.class))
                    .filter(manifest -> manifest.audio() != null && manifest.options() != null);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void write(Manifest manifest, Set<String> present, String batch, Path folder) throws IOException {
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        document.write(remarkOnMissing(manifest, present).getBytes(StandardCharsets.UTF_8));
        document.write(YAML.writeValueAsBytes(manifest));
        DurableFiles.write(fileIn(folder, batch), document.toByteArray());
    }

    /** Lists the files that could not be moved here, because the manifest names them too. */
    private static String remarkOnMissing(Manifest manifest, Set<String> present) {
        Stream<String> files = Stream.concat(
                Stream.of(manifest.audio()), manifest.videos().stream().map(Manifest.Video::file));
        String missing = files.distinct()
                .filter(name -> !name.startsWith(Manifest.LIBRARY) && !present.contains(name))
                .map(name -> name.replaceAll("\\p{Cntrl}", "?"))
                .collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? ""
                : "# Missing from this folder: %s. Put it here, then drop this folder into the inbox.%n"
                        .formatted(missing);
    }

    private static Set<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Names::fileName).collect(Collectors.toSet());
        }
    }

    /** The report of a job. */
    static Path reportOf(Job job, Path folder) {
        return folder.resolve(Names.report(job.stem()));
    }

    /** What the manifest calls a job's video. */
    String nameOf(Job job) {
        return isInLibrary(job.video()) ? job.videoName() : Names.sourceInError(job.stem(), job.videoName());
    }

    /** Whether a source stays where it is. */
    boolean isInLibrary(Path file) {
        return file.startsWith(folders.library());
    }
}
