package io.lipdrop.intake.manifest;

import io.lipdrop.job.Manifest;
import io.lipdrop.job.MouthOptions;
import io.lipdrop.job.Options;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A manifest as in its file, without defaults. */
record ManifestDocument(
        @Nullable String audio,
        Manifest.@Nullable Video video,
        @Nullable List<Manifest.Video> videos,
        @Nullable Integer priority,
        @Nullable Options options) {
    private static final int MAX_VIDEOS = 1000;
    private static final int MAX_OFFSET_MS = 10_000;

    /** Checks the values. */
    Optional<ManifestProblem> problem(ManifestPlaces places) {
        if (audio == null || audio.isBlank()) {
            return problem(places, "audio", "the key \"audio\" is missing; name the recording");
        }
        if (video != null && videos != null) {
            return problem(places, "videos", "it has both \"video\" and \"videos\"; keep one of them");
        }
        List<Manifest.@Nullable Video> all = all();
        if (all.isEmpty()) {
            return problem(places, "videos", "the key \"videos\" is missing; name at least one video");
        }
        if (all.size() > MAX_VIDEOS) {
            return problem(places, "videos", "it names more than %d videos".formatted(MAX_VIDEOS));
        }
        if (priority != null && (priority < 0 || priority > 9)) {
            return problem(places, "priority", "\"priority\" is %d; allowed: 0 to 9".formatted(priority));
        }
        Optional<ManifestProblem> found = options(places, "options", options);
        for (int index = 0; found.isEmpty() && index < all.size(); index++) {
            Manifest.Video one = all.get(index);
            String key = video != null ? "video" : "videos[" + index + "]";
            found = one == null || one.file() == null || one.file().isBlank()
                    ? problem(places, key, "\"" + key + "\" has no \"file\"")
                    : options(places, key + ".options", one.options());
        }
        return found;
    }

    Manifest manifest() {
        return new Manifest(
                String.valueOf(audio),
                all().stream().flatMap(one -> Optional.ofNullable(one).stream()).toList(),
                priority != null ? priority : Manifest.DEFAULT_PRIORITY,
                options != null ? options : Options.NONE);
    }

    private List<Manifest.@Nullable Video> all() {
        if (video != null) {
            return List.of(video);
        }
        return videos != null ? java.util.Collections.unmodifiableList(videos) : List.of();
    }

    private static Optional<ManifestProblem> options(ManifestPlaces places, String key, @Nullable Options options) {
        Integer offset = options == null ? null : options.audioOffsetMs();
        if (offset != null && Math.abs((long) offset) > MAX_OFFSET_MS) {
            return problem(
                    places,
                    key + ".audioOffsetMs",
                    "\"audioOffsetMs\" is %d; allowed: -%2$d to %2$d".formatted(offset, MAX_OFFSET_MS));
        }
        Integer preview = options == null ? null : options.preview();
        if (preview != null && (preview < Options.MIN_PREVIEW || preview > Options.MAX_PREVIEW)) {
            return problem(
                    places,
                    key + ".preview",
                    "\"preview\" is %d; allowed: %d to %d seconds"
                            .formatted(preview, Options.MIN_PREVIEW, Options.MAX_PREVIEW));
        }
        MouthOptions mouth = options == null ? null : options.mouth();
        if (mouth != null && !mouth.canBeDrawn()) {
            return problem(
                    places,
                    key + ".mouth.strength",
                    "\"strength\" is %s; allowed: %s to %s"
                            .formatted(mouth.strength(), MouthOptions.MIN_STRENGTH, MouthOptions.MAX_STRENGTH));
        }
        return Optional.empty();
    }

    private static Optional<ManifestProblem> problem(ManifestPlaces places, String key, String words) {
        return Optional.of(ManifestProblem.at(places.lineOf(key), words));
    }
}
