package io.lipdrop.intake.posted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.SteppedClock;
import io.lipdrop.files.GuardedFolder;
import io.lipdrop.home.FolderAccess;
import io.lipdrop.home.Folders;
import io.lipdrop.home.HomeDocuments;
import io.lipdrop.home.InboxSettings;
import io.lipdrop.home.ResultFolders;
import io.lipdrop.home.Sources;
import io.lipdrop.intake.claim.BatchNames;
import io.lipdrop.intake.claim.Claim;
import io.lipdrop.intake.claim.Handover;
import io.lipdrop.intake.claim.StagedClaims;
import io.lipdrop.intake.manifest.ManifestReader;
import io.lipdrop.intake.manifest.PostedManifest;
import io.lipdrop.intake.posted.PostRefused.Reason;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Job;
import io.lipdrop.stage.Notices;
import io.lipdrop.uploads.UploadRefused;
import io.lipdrop.uploads.UploadSettings;
import io.lipdrop.uploads.Uploads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** A posted batch is taken whole or not at all, once, and nothing of it is seen in the inbox. */
class PostedBatchesTest {
    private static final int STEPS = 7;

    @TempDir
    Path home;

    private final SteppedClock time = new SteppedClock(Instant.now());
    private final List<String> told = new ArrayList<>();
    private Folders folders;
    private Uploads uploads;
    private PostedBatches batches;

    @BeforeEach
    void open() throws IOException {
        folders = new Folders(
                home,
                Files.createDirectories(home.resolve("inbox")),
                home.resolve("outbox"),
                home.resolve("error"),
                home,
                Files.createDirectories(home.resolve("library")),
                home.resolve("work"));
        Files.createDirectories(folders.staging());
        start(new Steps(Integer.MAX_VALUE));
    }

    @Test
    void uploadsBecomeTheFilesOfABatch() throws IOException {
        String voice = upload("lesson 1.ogg", "voice");
        String film = upload("王老师.mp4", "film");
        String batch = post("{'audio': 'upload:%s', 'videos': ['upload:%s'], 'priority': 7}".formatted(voice, film));

        assertThat(batch).isEqualTo("lesson 1");
        Job job = claimed(batch).jobs().get(0);
        assertThat(job.audio()).hasContent("voice");
        assertThat(job.video()).hasContent("film").hasFileName("王老师.mp4");
        assertThat(List.of(job.audioName(), job.videoName(), job.stem()))
                .containsExactly("lesson 1.ogg", "王老师.mp4", "王老师");
        assertThat(job.priority()).isEqualTo(7);
        assertThat(folders.claim(batch)).doesNotExist();
        assertThat(folders.inbox()).isEmptyDirectory();
        assertThat(told).last().isEqualTo(batch + ": checking the files");
        assertThatThrownBy(() -> post("{'audio': 'upload:%s', 'video': 'upload:%s'}".formatted(voice, film)))
                .isInstanceOfSatisfying(
                        UploadRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(UploadRefused.Reason.USED));
    }

    /** A voice and as many videos as a manifest may name. */
    @Test
    void aThousandUploadsBecomeOneBatch() throws IOException {
        String voice = upload("voice.ogg", "voice");
        List<String> films = new ArrayList<>();
        for (int film = 0; film < 1000; film++) {
            films.add("'upload:%s'".formatted(upload("film-%d.mp4".formatted(film), "film")));
        }
        String batch = post("{'audio': 'upload:%s', 'videos': [%s]}".formatted(voice, String.join(",", films)));
        assertThat(claimed(batch).jobs()).hasSize(1000);
    }

    @Test
    void twoUploadsOfOneNameAreToldApart() throws IOException {
        String voice = upload("a.mp4", "voice");
        String one = upload("A.mp4", "one");
        String two = upload("a.mp4", "two");
        String batch = post("{'audio': 'upload:%s', 'videos': ['upload:%s', 'upload:%s', 'upload:%s']}"
                .formatted(voice, one, two, voice));

        assertThat(claimed(batch).jobs()).extracting(Job::videoName).containsExactly("A-2.mp4", "a-3.mp4", "a.mp4");
        assertThat(claimed(batch).jobs().get(0).video()).hasContent("one");
        assertThat(claimed(batch).jobs().get(1).video()).hasContent("two");
        assertThat(claimed(batch).jobs().get(2).video()).hasContent("voice");
    }

    @Test
    void filesOfTheLibraryStayThere() throws IOException {
        library("anna.mp4");
        library("hello.ogg");
        String batch = post("{'audio': 'library/hello.ogg', 'video': 'library/anna.mp4'}");

        assertThat(batch).isEqualTo("hello");
        assertThat(claimed(batch).jobs().get(0).video()).isEqualTo(home.resolve("library/anna.mp4"));
        assertThat(home.resolve("library/anna.mp4")).exists();
    }

    /** Kept with the batch, for a person; it is one that Lipdrop would take. */
    @Test
    void theManifestIsKeptAsAFileWouldSayIt() throws IOException {
        library("anna.mp4");
        String voice = upload("a.ogg", "voice");
        String batch =
                post("{'audio': 'upload:%s', 'videos': [{'file': 'library/anna.mp4', 'options': {'face': 'left'}}]}"
                        .formatted(voice));

        Path kept = folders.manifest(batch).resolve("a.json");
        var reading = new ManifestReader(new GuardedFolder(home)).read(kept, name -> true);
        assertThat(reading.failure()).isNull();
        assertThat(reading.files()).containsExactlyInAnyOrder("a.ogg", "library/anna.mp4");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "{'audio': 1 | manifest-invalid | NOT_JSON | ends too early",
                "'' | manifest-invalid | NOT_JSON | empty",
                "[] | manifest-invalid | MANIFEST | ",
                "{'audio': 'library/a.ogg', 'vidio': 'x'} | manifest-invalid | MANIFEST | line 1: unknown key \"vidio\"",
                "{'audio': 'library/a.ogg'} | manifest-invalid | MANIFEST | \"videos\" is missing",
                "{'audio': 'library/a.ogg', 'video': 'library/a.ogg', 'name': 3} | manifest-invalid | MANIFEST | key \"name\": it must be text",
                "{'audio': 'library/a.ogg', 'video': 'library/a.ogg', 'name': ' '} | manifest-invalid | MANIFEST | key \"name\"",
                "{'audio': 'library/a.ogg', 'video': 'a.ogg'} | path-not-allowed | MANIFEST | key \"video\": \"a.ogg\" is neither",
                "{'audio': 'library/../work/x', 'video': 'library/a.ogg'} | path-not-allowed | MANIFEST | points outside the library",
                "{'audio': '/etc/passwd', 'video': 'library/a.ogg'} | path-not-allowed | MANIFEST | neither",
                "{'audio': 'library/b.ogg', 'video': 'library/a.ogg'} | media-missing | MANIFEST | does not exist",
                "{'audio': 'library/empty.ogg', 'video': 'library/a.ogg'} | media-missing | MANIFEST | is empty"
            },
            delimiter = '|',
            quoteCharacter = '`')
    void whatIsWrongIsSaidAsInAReport(String manifest, String code, Reason reason, String words) throws IOException {
        library("a.ogg");
        Files.createFile(folders.library().resolve("empty.ogg"));
        assertThatThrownBy(() -> post(manifest.equals("''") ? "" : manifest))
                .isInstanceOfSatisfying(PostRefused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(reason);
                    assertThat(Objects.requireNonNull(refused.failure()).code().code())
                            .isEqualTo(code);
                    assertThat(refused.getMessage()).contains(words == null ? "" : words);
                });
        assertThat(folders.staging()).isEmptyDirectory();
    }

    @Test
    void anUploadThatIsNotWholeIsRefusedAndTheOthersStayFree() throws IOException {
        String voice = upload("a.ogg", "voice");
        String part = uploads.create(10, null).id();
        assertThatThrownBy(() -> post("{'audio': 'upload:%s', 'video': 'upload:%s'}".formatted(voice, part)))
                .isInstanceOf(UploadRefused.class);
        library("film.mp4");
        assertThat(post("{'audio': 'upload:%s', 'video': 'library/film.mp4'}".formatted(voice)))
                .isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource({"Lektion 1.2, Lektion 1.2", "../../x, _._.._x", "CON, CON_", ".., __"})
    void theNameIsTheSendersMadeValid(String wanted, String name) throws IOException {
        library("a.ogg");
        assertThat(post("{'audio': 'library/a.ogg', 'video': 'library/a.ogg', 'name': '%s'}".formatted(wanted)))
                .isEqualTo(name);
    }

    @Test
    void namesMeetNoOther() throws IOException {
        library("a.ogg");
        String manifest = "{'audio': 'library/a.ogg', 'video': 'library/a.ogg'}";
        assertThat(List.of(post(manifest), post(manifest), post(manifest))).containsExactly("a", "a-2", "a-3");
    }

    @Test
    void aKeyMakesOneBatch() throws IOException {
        library("a.ogg");
        String manifest = "{'audio': 'library/a.ogg', 'video': 'library/a.ogg'}";
        String first = batches.post(json(manifest), "api:anna", "k1");
        assertThat(batches.post(json(manifest), "api:anna", "k1")).isEqualTo(first);
        assertThat(batches.post(json(manifest), "api:bert", "k1")).isNotEqualTo(first);
        assertThatThrownBy(() -> batches.post(json(manifest + " "), "api:anna", "k1"))
                .isInstanceOfSatisfying(
                        PostRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.KEY_REUSED));
        start(new Steps(Integer.MAX_VALUE));
        assertThat(batches.post(json(manifest), "api:anna", "k1")).isEqualTo(first);

        time.step(Duration.ofHours(25));
        batches.clean();
        assertThat(batches.post(json(manifest), "api:anna", "k1")).isNotEqualTo(first);
    }

    @Test
    void aRefusedRequestLeavesItsKeyFree() throws IOException {
        assertThatThrownBy(() -> batches.post(json("{}"), "api:anna", "k1")).isInstanceOf(PostRefused.class);
        library("a.ogg");
        assertThat(batches.post(json("{'audio': 'library/a.ogg', 'video': 'library/a.ogg'}"), "api:anna", "k1"))
                .isEqualTo("a");
    }

    /** The process stops for ever somewhere; the next one finds what is on disk. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aCrashLosesAndDoublesNothing(int step) throws Exception {
        String voice = upload("lesson.ogg", "voice");
        String film = upload("film.mp4", "film");
        byte[] manifest = json("{'audio': 'upload:%s', 'video': 'upload:%s'}".formatted(voice, film));
        Steps steps = new Steps(step);
        start(steps);
        Thread request = new Thread(() -> {
            try {
                batches.post(manifest, "api:anna", "k1");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                steps.isOver.countDown();
            }
        });
        request.setDaemon(true);
        request.start();
        assertThat(steps.isOver.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(steps.isStopped).isEqualTo(step <= STEPS); // else there are fewer steps than this test believes

        start(new Steps(Integer.MAX_VALUE));
        if (Files.exists(folders.claim("lesson"))) {
            assertThatThrownBy(() -> uploads.delete(film)).isInstanceOf(UploadRefused.class);
        }
        batches.carryOn();
        assertThat(batches.post(manifest, "api:anna", "k1")).isEqualTo("lesson");
        Job job = claimed("lesson").jobs().get(0);
        assertThat(job.audio()).hasContent("voice");
        assertThat(job.video()).hasContent("film");
        assertThat(names(folders.claimed())).containsExactly("lesson.json");
        assertThat(names(folders.staging())).containsExactly("lesson");
        assertThat(names(folders.uploads())).containsExactlyInAnyOrder(voice + ".json", film + ".json");
    }

    /** Claims are carried out by another thread, from the moment in which they are known. */
    @Test
    void aRecoveredClaimIsAnsweredForBeforeItIsCarriedOut() throws Exception {
        library("a.ogg");
        byte[] manifest = json("{'audio': 'library/a.ogg', 'video': 'library/a.ogg'}");
        batches.post(manifest, "api:anna", "k1");
        Path record = folders.requests().resolve(names(folders.requests()).get(0));
        Files.writeString(record, Files.readString(record).replaceAll("(\"isClaimed\" ?: ?)true", "$1false"));
        Files.writeString(folders.claim("a"), "{}");
        String before = Files.readString(record);
        batches.recover(new AbstractList<>() {
            @Override
            public Claim get(int index) {
                throw new IndexOutOfBoundsException(index);
            }

            @Override
            public int size() {
                try {
                    Files.deleteIfExists(folders.claim("a")); // by now it may be carried out
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return 0;
            }
        });
        assertThat(before).contains("false");
        assertThat(batches.post(manifest, "api:anna", "k1")).isEqualTo("a");
    }

    @Test
    void aClaimOfWhichOneFileHasMovedIsCarriedOn() throws IOException {
        Path voice =
                Files.writeString(Files.createDirectories(folders.uploads()).resolve("1.bin"), "voice");
        Path film = Files.writeString(folders.uploads().resolve("2.bin"), "film");
        Claim claim = Claim.posted(
                "talk",
                Objects.requireNonNull(PostedManifest.read(json("{'audio': 'a.ogg', 'video': 'b.mp4'}"))
                        .reading()
                        .manifest()),
                Map.of("a.ogg", voice, "b.mp4", film),
                Map.of(),
                folders,
                time.instant());
        new StagedClaims(folders).write(claim);
        Claim.Move first = claim.moves().get(0);
        Files.createDirectories(first.target().getParent());
        Files.move(first.source(), first.target());

        start(new Steps(Integer.MAX_VALUE));
        batches.carryOn();
        assertThat(claimed("talk").jobs().get(0).audio()).hasContent("voice");
        assertThat(claimed("talk").jobs().get(0).video()).hasContent("film");
    }

    @Test
    void aFullDiskTakesNothing() throws IOException {
        String voice = upload("lesson.ogg", "voice");
        Files.delete(folders.staging());
        Files.createFile(folders.staging()); // nothing can be written there
        byte[] manifest = json("{'audio': 'upload:%1$s', 'video': 'upload:%1$s'}".formatted(voice));
        assertThatThrownBy(() -> batches.post(manifest, "api:anna", "k1")).isInstanceOf(IOException.class);

        Files.delete(folders.staging());
        Files.createDirectory(folders.staging());
        assertThat(batches.post(manifest, "api:anna", "k1")).isEqualTo("lesson");
    }

    private void start(Steps steps) throws IOException {
        BatchNames names = new BatchNames(folders, new ResultFolders(folders));
        StagedClaims staged = new StagedClaims(folders);
        Sources sources =
                new Sources(folders, time, new InboxSettings(Duration.ofSeconds(2), Duration.ZERO, Duration.ZERO));
        UploadSettings settings = new UploadSettings(Duration.ofHours(24), DataSize.ofGigabytes(1));
        uploads = new Uploads(folders, settings, steps, time, folder -> Long.MAX_VALUE);
        batches = new PostedBatches(
                folders,
                new FolderAccess(),
                uploads,
                names,
                staged,
                new Handover(staged, sources, steps),
                steps,
                time,
                steps);
        batches.recover(staged.recover().stream().filter(Claim::isPosted).toList());
    }

    private String upload(String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String encoded = Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
        String id = uploads.create(bytes.length, "filename " + encoded).id();
        uploads.append(id, 0, bytes.length, new ByteArrayInputStream(bytes));
        return id;
    }

    private void library(String name) throws IOException {
        Files.writeString(folders.library().resolve(name), "media");
    }

    private String post(String manifest) throws IOException {
        return batches.post(json(manifest), "api:anna", null);
    }

    private static byte[] json(String manifest) {
        return manifest.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private Batch claimed(String batch) throws IOException {
        return new HomeDocuments(folders).read(folders.claimed(batch), Batch.class);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** A clock and a listener between the steps of a request; at one of them the thread stops, as if the process had been killed. */
    private final class Steps extends Clock implements Notices {
        final CountDownLatch isOver = new CountDownLatch(1);
        private final int last;
        private int count;
        private volatile boolean isStopped;

        Steps(int last) {
            this.last = last;
        }

        private void step() {
            if (++count == last) {
                isStopped = true;
                isOver.countDown();
                while (true) {
                    LockSupport.park();
                }
            }
        }

        @Override
        public Instant instant() {
            step();
            return time.instant();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public void waiting(String batch, String manifest, String message) {
            told.add(batch + ": " + message);
            step();
        }

        @Override
        public void refusing(String batch, String manifest, Path last, Failure failure) {}

        @Override
        public void refused(String batch, String manifest, Failure failure) {
            throw new AssertionError(failure.code() == FailureCode.CANCELLED);
        }

        @Override
        public void withdrawn(String batch, String manifest) {
            throw new AssertionError(batch);
        }
    }
}
