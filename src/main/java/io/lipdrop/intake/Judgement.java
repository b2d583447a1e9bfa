package io.lipdrop.intake;

import io.lipdrop.home.Folders;
import io.lipdrop.home.InboxSettings;
import io.lipdrop.intake.SettledDrop.Verdict;
import io.lipdrop.intake.drop.Drop;
import io.lipdrop.intake.drop.InboxPath;
import io.lipdrop.intake.drop.Sighting;
import io.lipdrop.intake.manifest.ManifestReader;
import io.lipdrop.intake.manifest.Reading;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;

/** What is to become of a drop, by what was seen of it: the rules, in their order. */
final class Judgement {
    private final Folders folders;
    private final InboxSettings settings;
    private final ManifestReader reader;
    private final BiPredicate<Path, Path> isShared;
    private final Clock clock;

    /** Judges with these: {@code isShared} says whether a file is needed by manifests other than the one given. */
    Judgement(
            Folders folders,
            InboxSettings settings,
            ManifestReader reader,
            BiPredicate<Path, Path> isShared,
            Clock clock) {
        this.folders = folders;
        this.settings = settings;
        this.reader = reader;
        this.isShared = isShared;
        this.clock = clock;
    }

    Verdict of(Sighting sighting) throws IOException {
        Drop drop = sighting.drop;
        Failure failure = drop.failure();
        boolean mayComplete = failure == null || drop.reading().isEmpty();
        boolean isPatient = sighting.unchanged.compareTo(settings.patience()) < 0;
        if (mayComplete && drop.isIncomplete() && isPatient) {
            return new Verdict.Waiting(drop.waitingFor());
        }
        if (sighting.unchanged.compareTo(settings.settle()) < 0) {
            return new Verdict.Waiting("waiting until the files stop changing");
        }
        List<String> unfinished = sighting.unfinished(settings, clock);
        if (!unfinished.isEmpty()) {
            return new Verdict.Waiting("waiting for the rest of " + Drop.shown(unfinished));
        }
        if (failure != null) {
            return new Verdict.Refused(drop, failure);
        }
        if (!drop.missing().isEmpty()) {
            String what = "No change for %s, still %s.";
            what = what.formatted(words(settings.patience()), drop.waitingFor());
            return new Verdict.Refused(drop, new Failure(FailureCode.MEDIA_MISSING, what));
        }
        for (InboxPath path : drop.files().values()) {
            if (!path.inLibrary() && !Files.isReadable(path.file()) && isToBeCopied(path.file(), drop)) {
                return new Verdict.Refused(drop, Drop.closed(path.name()));
            }
        }
        Reading again = reader.read(drop.manifestFile(), name -> drop.files().containsKey(name));
        return again.equals(drop.reading())
                ? new Verdict.Ready(drop)
                : new Verdict.Waiting("waiting until the files stop changing");
    }

    /** A file that can be renamed needs no read permission; validation reports it, and the other videos are processed. */
    private boolean isToBeCopied(Path file, Drop drop) throws IOException {
        return isShared.test(file, drop.manifestFile())
                || !Files.getFileStore(file).equals(Files.getFileStore(folders.staging()));
    }

    private static String words(Duration duration) {
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }
}
