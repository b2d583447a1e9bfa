package io.lipdrop.control;

import io.lipdrop.delivery.InterruptedFailedJobs;
import io.lipdrop.history.HistoryPlace;
import io.lipdrop.home.Documents;
import io.lipdrop.home.FolderAccess;
import io.lipdrop.home.Folders;
import io.lipdrop.home.HomeDocuments;
import io.lipdrop.home.InboxSettings;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.home.Sources;
import io.lipdrop.intake.Nobody;
import io.lipdrop.intake.Withdrawn;
import io.lipdrop.intake.claim.BatchNames;
import io.lipdrop.intake.claim.StagedClaims;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.job.Options;
import io.lipdrop.queue.ClaimedBatches;
import io.lipdrop.queue.JobStore;
import io.lipdrop.queue.Ledger;
import io.lipdrop.queue.Queues;
import io.lipdrop.queue.folder.FolderStores;
import io.lipdrop.queue.opening.Openings;
import io.lipdrop.queue.opening.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** A home with batches that are open and batches that have ended, and all that people can do to them. */
public final class ControlledHome {
    public final HistoryPlace place;
    public final Folders folders;
    public final BatchNames names;
    public final JobStore store;
    public final Queues.Running running = new Queues.Running();
    public final Pause pause;
    public final Ledger ledger;
    public final ClaimedBatches claims;
    public final Cancelling cancelling;
    public final Places places;
    public final Retrying retrying;

    public ControlledHome(Path home) throws IOException {
        place = new HistoryPlace(home);
        folders = place.folders;
        for (Path folder :
                List.of(folders.inbox(), folders.staging(), folders.claimed(), folders.queued(), folders.running())) {
            Files.createDirectories(folder);
        }
        place.look();
        ResultFolders results = new ResultFolders(folders);
        names = new BatchNames(folders, results);
        store = FolderStores.store(folders);
        pause = Openings.pause(folders);
        ledger = Queues.ledger(folders);
        ledger.recover();
        claims = Queues.claims(folders, ledger, () -> Duration.ofDays(1));
        claims.look();
        KnownJobs known = new KnownJobs(place.statuses, place.history);
        cancelling = new Cancelling(
                ledger,
                claims,
                Queues.cancellation(folders, ledger, store, running),
                Withdrawn.drops(folders, names),
                folders,
                new FolderAccess(),
                known);
        places = new Places(ledger, store, known);
        Sources sources = new Sources(
                folders,
                () -> Duration.ZERO,
                new InboxSettings(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMinutes(30)));
        InterruptedFailedJobs failed = new InterruptedFailedJobs(folders, results);
        HomeDocuments documents = new HomeDocuments(folders);
        OpenRetries open = new OpenRetries(
                folders, failed, new StagedClaims(folders), sources, new Nobody(), place.history, documents);
        retrying = new Retrying(known, failed, names, open, folders, new FolderAccess(), Clock.systemUTC());
    }

    /** A batch whose videos were checked: its jobs wait in the queue. */
    public void queue(String batch, int jobs) throws IOException {
        claim(batch, jobs);
        for (Job job : ledger.batch(batch).orElseThrow().jobs()) {
            Queues.accept(store, ledger, job);
        }
    }

    /** A batch whose videos are still to be checked. */
    public void claim(String batch, int jobs) throws IOException {
        Path media = Files.createDirectories(folders.media(batch));
        Path voice = Files.writeString(media.resolve("voice.ogg"), "voice");
        Path film = Files.writeString(media.resolve("film.mp4"), "film");
        List<Job> all = IntStream.rangeClosed(1, jobs)
                .mapToObj(number -> new Job(
                        "%s-%02d".formatted(batch, number),
                        batch,
                        "film-" + number,
                        "voice.ogg",
                        voice,
                        "film.mp4",
                        film,
                        Options.DEFAULTS,
                        4,
                        number,
                        0,
                        Instant.EPOCH))
                .toList();
        Documents.write(folders.claimed(batch), new Batch(batch, batch + ".yaml", all, Instant.EPOCH));
        claims.look();
    }

    /** Takes a waiting job, as its worker does. */
    public void run(String job) throws IOException {
        Job taken = ledger.job(job).orElseThrow();
        for (String name : folders.queued().toFile().list()) {
            if (name.endsWith("-" + job + ".json")) {
                Files.move(folders.queued().resolve(name), folders.running().resolve(name));
            }
        }
        running.begin(taken);
    }
}
