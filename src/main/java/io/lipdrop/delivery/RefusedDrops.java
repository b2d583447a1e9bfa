package io.lipdrop.delivery;

import io.lipdrop.files.GuardedFolder;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.job.RefusedDrop;
import io.lipdrop.stage.Notices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves drops that are refused as a whole from the inbox to {@code error/<batch>/}, with a report. */
final class RefusedDrops {
    private static final Logger log = LoggerFactory.getLogger(RefusedDrops.class);

    private final GuardedFolder inbox;
    private final ResultFolders results;
    private final Notices notices;
    private final Clock clock;

    RefusedDrops(Folders folders, ResultFolders results, Notices notices, Clock clock) {
        this.inbox = new GuardedFolder(folders.inbox());
        this.results = results;
        this.notices = notices;
        this.clock = clock;
    }

    /** Reports a whole drop that is rejected, and moves its files. */
    void refuse(RefusedDrop refused) throws IOException {
        Path folder = results.error(refused.batch());
        for (RefusedDrop.Media media : refused.media()) {
            bring(media, Names.free(folder.resolve(media.place())));
        }
        Path report = folder.resolve(Names.report(refused.batch()));
        Documents.write(report, Report.of(null, refused.failure(), "intake", 0, clock.instant(), null));
        // INVARIANT: without its manifest nobody refuses the drop again; whoever is to hear of it must be on disk by
        // then
        notices.refusing(refused.batch(), refused.label(), refused.manifest(), refused.failure());
        Path manifest = folder.resolve(Names.fileName(refused.manifest()));
        if (!inbox.move(refused.manifest(), manifest, file -> !file.isDirectory())) {
            inbox.delete(
                    refused.manifest(),
                    BasicFileAttributes::isSymbolicLink); // on another file system; its report is here
        }
        notices.refused(refused.batch(), refused.label(), refused.failure());
        log.warn(
                "{}: {}: {}",
                refused.batch(),
                refused.failure().code().code(),
                refused.failure().reason());
    }

    /** An unreadable file can only be moved by rename; if that fails, it stays in the inbox. */
    private void bring(RefusedDrop.Media media, Path place) throws IOException {
        try {
            if (media.stays()) { // not a hard link: the user may overwrite the file in the inbox
                inbox.copy(media.file(), place, BasicFileAttributes::isRegularFile, bytes -> {});
            } else {
                inbox.move(media.file(), place, BasicFileAttributes::isRegularFile);
            }
        } catch (IOException e) {
            if (!Files.exists(media.file()) || Files.isReadable(media.file())) {
                throw e;
            }
            log.debug("{} cannot be moved to {}", media.file(), place, e);
        }
    }
}
