package io.lipdrop.intake;

import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.intake.claim.BatchNames;
import io.lipdrop.intake.drop.Drop;
import io.lipdrop.intake.drop.InboxPath;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.RefusedDrop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The drops that are to be refused, one after the other. Asked by the thread that moves claimed files; any thread may add one. */
final class Refusals {
    private final Folders folders;
    private final SettledDrop drops;
    private final BatchNames names;
    private final Queue<SettledDrop.Verdict.Refused> waiting = new ConcurrentLinkedQueue<>();
    private @Nullable Path beingRefused;
    private boolean wasRefusal;

    Refusals(Folders folders, SettledDrop drops, BatchNames names) {
        this.folders = folders;
        this.drops = drops;
        this.names = names;
    }

    void add(SettledDrop.Verdict.Refused refused) {
        waiting.add(refused);
    }

    boolean isNoneWaiting() {
        return waiting.isEmpty();
    }

    /** The drop that is to be refused now; nothing each second time, so that drops that cannot be moved to error do not block others. */
    Optional<RefusedDrop> next() throws IOException {
        giveUp();
        SettledDrop.Verdict.Refused refused = wasRefusal ? null : nextVerdict();
        wasRefusal = refused != null;
        if (refused == null) {
            return Optional.empty();
        }
        beingRefused = refused.drop().manifestFile();
        return Optional.of(refuse(refused));
    }

    /** The drop that was refused has left the inbox. */
    void end() {
        beingRefused = null;
    }

    /** A rejection that did not complete: the drop is checked again. */
    private void giveUp() {
        Path manifest = beingRefused;
        if (manifest != null) {
            beingRefused = null;
            drops.unclaim(manifest);
        }
    }

    /** A manifest that was corrected while it waited is checked again. */
    private SettledDrop.Verdict.@Nullable Refused nextVerdict() throws IOException {
        for (SettledDrop.Verdict.Refused next = waiting.poll(); next != null; next = waiting.poll()) {
            boolean isCancelled = next.failure().code() == FailureCode.CANCELLED; // then it need not stand still
            if (isCancelled || next.drop().isStill()) {
                return next;
            }
            drops.giveBack(next.drop().manifestFile());
        }
        return null;
    }

    private RefusedDrop refuse(SettledDrop.Verdict.Refused refused) throws IOException {
        Drop drop = refused.drop();
        Path manifest = drop.manifestFile();
        List<RefusedDrop.Media> media = drop.files().values().stream()
                .filter(path -> !path.inLibrary() && Files.isRegularFile(path.file()))
                .map(InboxPath::file)
                .filter(file -> !file.equals(manifest))
                .distinct()
                .map(file -> new RefusedDrop.Media(
                        file, placeInError(file, manifest), drops.isNeededByOthers(file, manifest)))
                .toList();
        Failure failure = refused.failure();
        if (failure.code() == FailureCode.MANIFEST_INVALID && media.isEmpty()) {
            failure = failure.withHint("Fix the manifest and put it back into %s. Its media files are still there."
                    .formatted(placeOf(manifest)));
        }
        return new RefusedDrop(names.of(manifest), names.label(manifest), manifest, media, failure);
    }

    /** The folder of a manifest, as shown to the user. */
    private String placeOf(Path manifest) {
        Path folder = folders.inbox().relativize(manifest.resolveSibling(""));
        return folder.toString().isEmpty() ? "inbox/" : "inbox/" + folder + "/";
    }

    /** The path of the file relative to the manifest, if it is below it. */
    private static String placeInError(Path file, Path manifest) {
        Path folder = manifest.toAbsolutePath().resolveSibling("");
        return file.startsWith(folder) ? folder.relativize(file).toString() : Names.fileName(file);
    }
}
