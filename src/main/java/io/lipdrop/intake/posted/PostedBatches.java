package io.lipdrop.intake.posted;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Documents;
import io.lipdrop.home.FolderAccess;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.intake.claim.BatchNames;
import io.lipdrop.intake.claim.Claim;
import io.lipdrop.intake.claim.Handover;
import io.lipdrop.intake.claim.OpenClaims;
import io.lipdrop.intake.claim.StagedClaims;
import io.lipdrop.intake.drop.FolderNames;
import io.lipdrop.intake.manifest.PostedManifest;
import io.lipdrop.intake.posted.PostRefused.Reason;
import io.lipdrop.job.Failure;
import io.lipdrop.stage.Notices;
import io.lipdrop.stage.Uptime;
import io.lipdrop.uploads.HeldUploads;
import io.lipdrop.uploads.UploadRefused;
import io.lipdrop.uploads.Uploads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Takes batches that are posted. As with a drop, a claim is on disk before the first file moves; from then on the batch exists,
 * and a crash at any later step is made good at the next start. Nothing passes through the inbox.
 */
@Component
public class PostedBatches {
    private static final Logger log = LoggerFactory.getLogger(PostedBatches.class);

    private final Folders folders;
    private final FolderAccess access;
    private final Uploads uploads;
    private final BatchNames names;
    private final StagedClaims staged;
    private final Handover handover;
    private final Notices notices;
    private final Clock clock;
    private final FolderNames folderNames;
    private final OpenClaims claims;
    private final AnsweredRequests requests;
    private volatile boolean isRecovered;

    public PostedBatches(
            Folders folders,
            FolderAccess access,
            Uploads uploads,
            BatchNames names,
            StagedClaims staged,
            Handover handover,
            Notices notices,
            Uptime uptime,
            Clock clock) {
        this.folders = folders;
        this.access = access;
        this.uploads = uploads;
        this.names = names;
        this.staged = staged;
        this.handover = handover;
        this.notices = notices;
        this.clock = clock;
        this.folderNames = new FolderNames(uptime);
        this.claims = new OpenClaims(uptime);
        this.requests = new AnsweredRequests(folders, clock);
    }

    /**
     * Takes a batch. When this returns, it exists and survives a crash.
     *
     * @param body the manifest, JSON
     * @param sender whose request it is
     * @param key the sender's {@code Idempotency-Key}, if there is one: a second request with it gets the same answer
     * @return the batch's name
     * @throws PostRefused if the manifest or the key is wrong
     * @throws UploadRefused if an upload is unknown, unfinished, or used already
     */
    public String post(byte[] body, String sender, @Nullable String key) throws IOException {
        if (!isRecovered) {
            throw new PostRefused(Reason.STARTING, "Lipdrop is starting.");
        }
        if (key == null) {
            return take(body, null);
        }
        try (AnsweredRequests.Turn turn = requests.begin(sender, key, body)) {
            String answer = turn.answer();
            return answer != null ? answer : take(body, turn);
        }
    }

    /** The claims of an earlier process that were not carried out. */
    public void recover(List<Claim> found) throws IOException {
        requests.recover(); // first: a claim that is carried out is on disk no longer
        for (Claim claim : found) {
            uploads.keep(sourcesOf(claim));
            claims.addRecovered(claim);
        }
        isRecovered = true;
    }

    /** Carries out what is claimed. What cannot be done now is done later. */
    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    public synchronized void carryOn() {
        for (Optional<Claim> next = claims.next(); next.isPresent(); next = claims.next()) {
            Claim claim = next.get();
            try {
                carryOut(claim);
                claims.remove(claim);
                log.info(
                        "{}: posted, {} video(s) to check",
                        claim.batch(),
                        claim.manifest().videos().size());
            } catch (IOException | RuntimeException e) {
                claims.pause(claim);
                String why = "taking its uploads failed, retrying: " + Diagnosis.words(e);
                notices.waiting(claim.batch(), labelOf(claim), why);
                log.warn("{}: {}", claim.batch(), why);
            }
        }
    }

    /** Forgets answers that nobody will ask for again. */
    @Scheduled(initialDelay = 3, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void clean() throws IOException {
        requests.clean();
    }

    private String take(byte[] body, AnsweredRequests.@Nullable Turn turn) throws IOException {
        PostedManifest posted = PostedManifest.read(body);
        Failure failure = posted.reading().failure();
        if (failure != null) {
            throw new PostRefused(posted.isJson() ? Reason.MANIFEST : Reason.NOT_JSON, failure);
        }
        PostedFiles files =
                access.within(folders.library(), () -> PostedFiles.of(posted.reading(), folders, folderNames));
        try (HeldUploads held = uploads.hold(files.uploads())) {
            PostedFiles.Plan plan = files.plan(held);
            String wanted = posted.name();
            Claim claim = claim(
                    wanted != null
                            ? Names.fit(wanted)
                            : Names.stem(plan.manifest().audio()),
                    plan,
                    turn);
            held.keep();
            notices.waiting(claim.batch(), labelOf(claim), "taking its files");
            claims.add(claim);
            carryOn();
            return claim.batch();
        }
    }

    private Claim claim(String stem, PostedFiles.Plan plan, AnsweredRequests.@Nullable Turn turn) throws IOException {
        String batch = names.begin(stem);
        boolean isClaimed = false;
        try {
            Claim claim =
                    Claim.posted(batch, plan.manifest(), plan.uploads(), plan.library(), folders, clock.instant());
            if (turn != null) {
                turn.willClaim(batch);
            }
            staged.write(claim);
            if (turn != null) {
                turn.hasClaimed(batch);
            }
            isClaimed = true;
            return claim;
        } finally {
            if (!isClaimed) {
                DurableFiles.deleteTree(folders.staging(batch));
                if (turn != null) {
                    turn.giveUp();
                }
            }
            names.settle(batch);
        }
    }

    /** Every step may have been done before a crash; repeating it changes nothing. */
    private void carryOut(Claim claim) throws IOException {
        uploads.use(sourcesOf(claim), claim.batch());
        for (Claim.Move move : claim.moves()) {
            bring(claim, move);
        }
        Path document = claim.manifestFile();
        if (!Files.exists(document)) {
            Documents.write(document, claim.manifest());
        }
        handover.of(claim, labelOf(claim));
    }

    private static void bring(Claim claim, Claim.Move move) throws IOException {
        if (Files.exists(move.target())) {
            return;
        }
        if (Files.exists(move.source())) {
            DurableFiles.move(move.source(), move.target());
        } else {
            log.warn("{}: {} has disappeared from work/uploads/", claim.batch(), Names.fileName(move.source()));
        }
    }

    private static List<Path> sourcesOf(Claim claim) {
        return claim.moves().stream().map(Claim.Move::source).toList();
    }

    private static String labelOf(Claim claim) {
        return Names.fileName(claim.manifestFile());
    }
}
