package io.lipdrop.intake.posted;

import io.lipdrop.files.Checksum;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.intake.posted.PostRefused.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers to requests that came with an {@code Idempotency-Key}, for a day: a document each in {@code work/requests/}. It is
 * written before the batch's claim, and marked when that is on disk: so a repeated request makes no second batch, wherever
 * a crash was.
 */
final class AnsweredRequests {
    private static final Logger log = LoggerFactory.getLogger(AnsweredRequests.class);
    private static final Duration KEEP = Duration.ofDays(1);

    private final Folders folders;
    private final Clock clock;
    private final Set<Path> inProgress = ConcurrentHashMap.newKeySet();

    AnsweredRequests(Folders folders, Clock clock) {
        this.folders = folders;
        this.clock = clock;
    }

    /**
     * An answer.
     *
     * @param body SHA-256 of the request's body
     * @param isClaimed whether the batch's claim was on disk
     */
    private record Answer(String body, String batch, boolean isClaimed, Instant at) {
        boolean isComplete() {
            return body != null && batch != null && at != null;
        }
    }

    /**
     * Begins a request; ends when it is closed.
     *
     * @param sender keys of different senders are different keys
     * @throws PostRefused if a request with this key is in progress, or had another body
     */
    Turn begin(String sender, String key, byte[] body) throws IOException {
        Path record = folders.requests()
                .resolve(Checksum.sha256((sender + "\n" + key).getBytes(StandardCharsets.UTF_8)) + ".json");
        if (!inProgress.add(record)) {
            throw new PostRefused(Reason.IN_PROGRESS, "A request with this Idempotency-Key is in progress.");
        }
        boolean isBegun = false;
        try {
            String hash = Checksum.sha256(body);
            Answer known = read(record);
            if (known != null && !known.body().equals(hash)) {
                throw new PostRefused(
                        Reason.KEY_REUSED, "This Idempotency-Key was used for another manifest within a day.");
            }
            isBegun = true;
            return new Turn(record, hash, known != null && isClaimed(known) ? known.batch() : null);
        } finally {
            if (!isBegun) {
                inProgress.remove(record);
            }
        }
    }

    /** After a crash: what was not claimed did not happen. */
    void recover() {
        try {
            for (Path record : records()) {
                Answer answer = read(record);
                if (answer != null && !answer.isClaimed()) {
                    recover(record, answer);
                }
            }
        } catch (IOException e) {
            log.warn("Answers to earlier requests cannot be brought up to date: {}", e.toString());
        }
    }

    private void recover(Path record, Answer answer) throws IOException {
        if (isClaimed(answer)) {
            Documents.write(record, new Answer(answer.body(), answer.batch(), true, answer.at()));
        } else {
            Files.delete(record);
        }
    }

    /** Forgets answers after a day. */
    void clean() throws IOException {
        Instant oldest = clock.instant().minus(KEEP);
        for (Path record : records()) {
            Answer answer = read(record);
            if (!inProgress.contains(record) && (answer == null || answer.at().isBefore(oldest))) {
                Files.deleteIfExists(record);
            }
        }
    }

    private boolean isClaimed(Answer answer) {
        return answer.isClaimed() || Files.exists(folders.claim(answer.batch()));
    }

    private List<Path> records() throws IOException {
        if (!Files.isDirectory(folders.requests())) {
            return List.of();
        }
        try (Stream<Path> records = Files.list(folders.requests())) {
            return records.filter(record -> Names.fileName(record).endsWith(".json"))
                    .toList();
        }
    }

    private static @Nullable Answer read(Path record) {
        if (!Files.exists(record)) {
            return null;
        }
        try {
            Answer answer = Documents.read(record, Answer.class);
            return answer != null && answer.isComplete() ? answer : null;
        } catch (IOException e) {
            log.warn("{} cannot be read: {}", record, e.toString());
            return null;
        }
    }

    /** A request that is being carried out. */
    final class Turn implements AutoCloseable {
        private final Path record;
        private final String body;
        private final @Nullable String answer;

        private Turn(Path record, String body, @Nullable String answer) {
            this.record = record;
            this.body = body;
            this.answer = answer;
        }

        /** The batch that an earlier request with this key has made. */
        @Nullable
        String answer() {
            return answer;
        }

        /** The claim of this batch is about to be written. On disk when this returns. */
        void willClaim(String batch) throws IOException {
            Documents.write(record, new Answer(body, batch, false, clock.instant()));
        }

        /** The claim is on disk. */
        void hasClaimed(String batch) throws IOException {
            Documents.write(record, new Answer(body, batch, true, clock.instant()));
        }

        /** There is no claim. */
        void giveUp() throws IOException {
            Files.deleteIfExists(record);
        }

        @Override
        public void close() {
            inProgress.remove(record);
        }
    }
}
