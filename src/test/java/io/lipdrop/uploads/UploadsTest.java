package io.lipdrop.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.SteppedClock;
import io.lipdrop.home.Folders;
import io.lipdrop.uploads.UploadRefused.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** What has arrived is kept, whatever breaks; and an upload belongs to one sender, then to one batch. */
class UploadsTest {
    private static final byte[] FILM = "0123456789".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path home;

    private final SteppedClock clock = new SteppedClock(Instant.now());
    private Folders folders;
    private long free = 1L << 40;
    private Uploads uploads;

    @BeforeEach
    void open() {
        folders = new Folders(home, home, home, home, home, home, home.resolve("work"));
        uploads = restarted();
    }

    @Test
    void aFileArrivesInPieces() throws IOException {
        String id = begun("film.mp4");
        assertThat(uploads.append(id, 0, 4, bytes(0, 4)).offset()).isEqualTo(4);
        assertThat(uploads.append(id, 4, -1, bytes(4, 10)).isFinished()).isTrue();
        assertThat(content(id)).hasBinaryContent(FILM);
    }

    @Test
    void bytesThatArrivedBeforeTheConnectionBrokeAreKept() throws IOException {
        String id = begun("film.mp4");
        assertThatThrownBy(() -> uploads.append(id, 0, 10, broken(7))).isInstanceOf(SenderGone.class);
        assertThat(uploads.look(id).offset()).isEqualTo(7);
        assertThat(uploads.append(id, 7, 3, bytes(7, 10)).isFinished()).isTrue();
        assertThat(content(id)).hasBinaryContent(FILM);
    }

    @Test
    void afterARestartItGoesOnWhereItsFileEnds() throws IOException {
        String id = begun("film.mp4");
        uploads.append(id, 0, 6, bytes(0, 6));
        uploads = restarted();

        assertThat(uploads.look(id).offset()).isEqualTo(6);
        assertThat(uploads.look(id).name()).isEqualTo("film.mp4");
        uploads.append(id, 6, 4, bytes(6, 10));
        assertThat(content(id)).hasBinaryContent(FILM);
    }

    @Test
    void aRecordThatCannotBeReadLosesOneUploadOnly() throws IOException {
        String lost = begun("lost.mp4");
        String id = begun("film.mp4");
        Files.writeString(folders.uploads().resolve(lost + ".json"), "{");
        uploads = restarted();

        assertRefused(Reason.UNKNOWN, () -> uploads.look(lost));
        assertThat(uploads.look(id).offset()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3, 5, 10, 1L << 62})
    void aWrongOffsetChangesNothing(long offset) throws IOException {
        String id = begun("film.mp4");
        uploads.append(id, 0, 4, bytes(0, 4));

        assertRefused(Reason.WRONG_OFFSET, () -> uploads.append(id, offset, 4, bytes(0, 4)));
        assertThat(content(id)).hasContent("0123");
    }

    @Test
    void moreThanAnnouncedIsRefused() throws IOException {
        String id = begun("film.mp4");
        assertRefused(Reason.TOO_LARGE, () -> uploads.append(id, 0, 11, bytes(0, 10)));
        assertThat(uploads.look(id).offset()).isZero();

        InputStream endless = new ByteArrayInputStream(new byte[100]);
        assertRefused(Reason.TOO_LARGE, () -> uploads.append(id, 0, -1, endless));
        assertThat(Files.size(content(id))).isEqualTo(10);
    }

    @Test
    void aSecondSenderWaitsWhileTheFirstIsAlive() throws Exception {
        String id = begun("film.mp4");
        Sender first = new Sender(id, 0);
        first.sends(0, 4);

        assertRefused(Reason.BUSY, () -> uploads.append(id, 4, 6, bytes(4, 10)));
        first.sends(4, 10);
        first.out.close();
        assertThat(first.end.join().isFinished()).isTrue();
    }

    @Test
    void aSenderThatSaysNothingIsReplacedAndCannotWriteAnyMore() throws Exception {
        String id = begun("film.mp4");
        Sender lost = new Sender(id, 0);
        lost.sends(0, 4);
        clock.step(Duration.ofSeconds(3));

        assertThat(uploads.append(id, 4, 3, bytes(4, 7)).offset()).isEqualTo(7);
        lost.out.write("XXX".getBytes(StandardCharsets.US_ASCII));
        lost.out.close();
        assertThatThrownBy(lost.end::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(UploadRefused.class);
        uploads.append(id, 7, 3, bytes(7, 10));
        assertThat(content(id)).hasBinaryContent(FILM);
    }

    @Test
    void onlyWhatFitsIsAccepted() throws IOException {
        assertRefused(Reason.TOO_LARGE, () -> uploads.create(1001L << 20, null));
        free = (256L << 20) + 1000;
        String first = uploads.create(600, null).id();
        assertRefused(Reason.NO_ROOM, () -> uploads.create(600, null));
        assertThat(uploads.create(400, null).offset()).isZero();
        uploads.delete(first);
        assertThat(uploads.create(600, null).offset()).isZero();
    }

    @Test
    void uploadsThatBatchesHaveTakenKeepNobodyOut() throws IOException {
        List<Path> taken = new ArrayList<>();
        uploads = restarted(5);
        for (int i = 0; i < 5; i++) {
            taken.add(content(uploads.create(0, null).id()));
        }
        assertRefused(Reason.TOO_MANY, () -> uploads.create(0, null));
        uploads.use(taken, "lesson");
        assertThat(uploads.create(0, null).offset()).isZero();
    }

    @Test
    void anUploadThatNothingHappensToExpires() throws IOException {
        String id = begun("film.mp4");
        Path stray = Files.write(folders.uploads().resolve("stray.bin"), FILM);
        clock.step(Duration.ofHours(23));
        uploads.expire();
        assertThat(uploads.look(id).expiresAt()).isAfter(clock.instant());

        clock.step(Duration.ofHours(2));
        uploads.expire();
        assertRefused(Reason.UNKNOWN, () -> uploads.look(id));
        assertThat(stray).doesNotExist();
        assertThat(folders.uploads()).isEmptyDirectory();
    }

    @Test
    void oneThatIsBeingSentDoesNotExpire() throws Exception {
        String id = begun("film.mp4");
        Sender sender = new Sender(id, 0);
        sender.sends(0, 4);
        clock.step(Duration.ofHours(30));
        uploads.expire();

        sender.sends(4, 10);
        sender.out.close();
        assertThat(sender.end.join().isFinished()).isTrue();
    }

    @Test
    void aDeletedUploadIsGoneAndItsSenderStops() throws Exception {
        String id = begun("film.mp4");
        Sender sender = new Sender(id, 0);
        sender.sends(0, 4);
        uploads.delete(id);

        sender.out.write('4');
        sender.out.close();
        assertThatThrownBy(sender.end::join).hasCauseInstanceOf(UploadRefused.class);
        assertRefused(Reason.UNKNOWN, () -> uploads.append(id, 4, 6, bytes(4, 10)));
        assertThat(folders.uploads()).isEmptyDirectory();
    }

    @Test
    void aBatchHoldsOnlyWhatIsWhole() throws IOException {
        String whole = finished("a.mp4");
        String part = begun("b.mp4");

        assertRefused(Reason.UNFINISHED, () -> uploads.hold(List.of(whole, part)));
        assertRefused(Reason.UNKNOWN, () -> uploads.hold(List.of(whole, "nothing")));
        uploads.hold(List.of(whole, whole)).close(); // the refused ones hold nothing
    }

    @Test
    void whatABatchHasTakenIsNobodyElses() throws IOException {
        String id = finished("a.mp4");
        try (HeldUploads held = uploads.hold(List.of(id))) {
            assertThat(held.files()).isEqualTo(Map.of(id, new HeldUploads.File("a.mp4", content(id))));
            assertRefused(Reason.USED, () -> uploads.hold(List.of(id)));
            assertRefused(Reason.USED, () -> uploads.delete(id));
            held.keep();
        }
        assertRefused(Reason.USED, () -> uploads.hold(List.of(id)));
        uploads = restarted();
        uploads.keep(List.of(content(id)));
        assertRefused(Reason.USED, () -> uploads.delete(id));
        uploads.use(List.of(content(id)), "lesson");
        uploads = restarted();

        assertRefused(Reason.USED, () -> uploads.hold(List.of(id)));
        assertRefused(Reason.USED, () -> uploads.delete(id));
        assertThat(uploads.look(id).batch()).isEqualTo("lesson");
        clock.step(Duration.ofHours(30));
        uploads.expire();
        assertThat(content(id))
                .as("a claim that is not carried out yet needs it")
                .exists();
        Files.delete(content(id));
        uploads.expire();
        assertRefused(Reason.UNKNOWN, () -> uploads.look(id));
    }

    @ParameterizedTest
    @CsvSource({
        "lesson.ogg, lesson.ogg",
        "../../etc/passwd, passwd",
        "C:\\Users\\x\\a.mp4, a.mp4",
        "王老师 1.mp4, 王老师 1.mp4",
        "Übung.m4a, Übung.m4a",
        "CON.mp4, CON_.mp4",
        "a\u202Egpm.exe, a_gpm.exe",
        "a:b?.mp4, a_b_.mp4",
        ".hidden, _hidden",
        "x/, upload",
        "'', upload"
    })
    void namesAreMadeValid(String sent, String kept) throws IOException {
        assertThat(uploads.create(1, metadata(sent)).name()).isEqualTo(kept);
    }

    @Test
    void aNameIsNeverTooLong() throws IOException {
        String name = uploads.create(1, metadata("王".repeat(600) + ".mp4")).name();
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(220);
        assertThat(name).endsWith(".mp4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"filename !!", "filename /w==", "filename YQ==,filename YQ==", ",", "a b c"})
    void metadataThatCannotBeReadIsRefused(String metadata) {
        assertRefused(Reason.BAD_METADATA, () -> uploads.create(1, metadata));
    }

    private Uploads restarted() {
        return restarted(1000);
    }

    private Uploads restarted(int maxUnused) {
        UploadSettings settings = new UploadSettings(Duration.ofHours(24), DataSize.ofMegabytes(1000));
        return new Uploads(folders, settings, clock, clock, folder -> free, maxUnused);
    }

    private String begun(String name) throws IOException {
        return uploads.create(FILM.length, metadata(name)).id();
    }

    private String finished(String name) throws IOException {
        String id = begun(name);
        uploads.append(id, 0, FILM.length, bytes(0, 10));
        return id;
    }

    private static String metadata(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return "filename " + Base64.getEncoder().encodeToString(bytes) + ",filetype dmlkZW8=";
    }

    private Path content(String id) {
        return folders.uploads().resolve(id + ".bin");
    }

    private static InputStream bytes(int from, int to) {
        return new ByteArrayInputStream(FILM, from, to - from);
    }

    /** A connection that breaks after so many bytes. */
    private static InputStream broken(int after) {
        return new InputStream() {
            private int sent;

            @Override
            public int read() throws IOException {
                if (sent == after) {
                    throw new IOException("Connection reset");
                }
                return FILM[sent++];
            }

            @Override
            public int read(byte[] to, int at, int length) throws IOException {
                to[at] = (byte) read();
                return 1;
            }
        };
    }

    private static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        UploadRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    /** A request whose bytes come when they are sent. */
    private final class Sender {
        final PipedOutputStream out = new PipedOutputStream();
        final CompletableFuture<Upload> end;
        private final String id;

        Sender(String id, long offset) throws IOException {
            this.id = id;
            PipedInputStream in = new PipedInputStream(out);
            end = CompletableFuture.supplyAsync(() -> {
                try {
                    return uploads.append(id, offset, -1, in);
                } catch (IOException e) {
                    throw new CompletionException(e);
                }
            });
        }

        void sends(int from, int to) throws IOException {
            out.write(FILM, from, to - from);
            out.flush();
            Awaitility.await().until(() -> uploads.look(id).offset() == to);
        }
    }
}
