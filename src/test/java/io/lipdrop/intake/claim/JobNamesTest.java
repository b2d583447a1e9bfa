package io.lipdrop.intake.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.files.Stamp;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import io.lipdrop.home.TakenNames;
import io.lipdrop.intake.drop.Drop;
import io.lipdrop.intake.drop.InboxPath;
import io.lipdrop.intake.manifest.Reading;
import io.lipdrop.job.Batch;
import io.lipdrop.job.Job;
import io.lipdrop.job.Manifest;
import io.lipdrop.job.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever people call their files: no two of one batch meet in a folder. */
class JobNamesTest {
    private static final List<String> FOLDERS = List.of("", "x/", "y/", "X/y/");
    private static final List<String> STEMS = List.of(
            "a", "A", "a-2", "a-2-2", "a.error", "batch", "Batch", "status", "STATUS", "ö", "o\u0308", "Ö", "con",
            "con_", "a:", "a_", "a ", "voice", "a.mp4");
    private static final List<String> EXTENSIONS =
            List.of(".mp4", ".mkv", ".MKV", ".json", ".yaml", ".YAML", "", ".error");

    @TempDir
    Path home;

    @RepeatedTest(20)
    void noTwoNamesMeet() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            assertThat(meetingNames(random))
                    .as("seed %d, round %d", seed, round)
                    .isEmpty();
        }
    }

    /** A voice that would lie where the second video does. */
    @Test
    void aVoiceHasItsNameToItself() throws IOException {
        Batch batch = claim("coll", "a-2.mkv", List.of("x/a.mkv", "y/a.mkv")).toBatch();

        assertThat(batch.jobs()).extracting(Job::stem).containsExactly("a", "a-3");
    }

    @Test
    void ordinaryNamesStayAsTheyAre() throws IOException {
        Batch batch = claim("lesson", "lesson.ogg", List.of("teacher_a.mp4", "lesson.mp4", "王老师.mov"))
                .toBatch();

        assertThat(batch.jobs()).extracting(Job::stem).containsExactly("teacher_a", "lesson", "王老师");
    }

    private List<String> meetingNames(Random random) throws IOException {
        String voice = name(random);
        List<String> videos = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            videos.add(random.nextInt(8) == 0 ? voice : name(random));
        }
        Batch batch = claim("batch", voice, videos).toBatch();
        Map<String, String> outbox = new HashMap<>(Map.of("status.json", ""));
        Map<String, String> error = new HashMap<>(Map.of("status.json", "", "batch.yaml", ""));
        List<String> meeting = new ArrayList<>();
        Job first = batch.jobs().get(0);
        put(error, Names.fileName(first.audio()), first.audio().toString(), meeting);
        for (Job job : batch.jobs()) {
            put(outbox, job.stem() + ".mp4", job.id(), meeting);
            put(outbox, job.stem() + ".json", job.id() + "'s sidecar", meeting);
            put(error, job.stem() + ".error.json", job.id(), meeting);
            put(
                    error,
                    Names.sourceInError(job.stem(), job.videoName()),
                    job.video().toString(),
                    meeting);
        }
        return meeting.isEmpty() ? meeting : List.of(voice, String.join(" | ", videos), String.join(" | ", meeting));
    }

    /** Only one and the same file may be there under one name. */
    private static void put(Map<String, String> folder, String name, String content, List<String> meeting) {
        String there = folder.putIfAbsent(TakenNames.folded(name), content);
        if (there != null && !there.equals(content)) {
            meeting.add(name);
        }
    }

    private static String name(Random random) {
        String name = pick(FOLDERS, random) + pick(STEMS, random) + pick(EXTENSIONS, random);
        return name.equals("batch.yaml") ? "film.mp4" : name; // that is the manifest
    }

    private static String pick(List<String> names, Random random) {
        return names.get(random.nextInt(names.size()));
    }

    private Claim claim(String batch, String voice, List<String> videos) throws IOException {
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        Path manifestFile = inbox.resolve(batch + ".yaml");
        Folders folders = new Folders(
                home, inbox, home.resolve("outbox"), home.resolve("error"), home, home, home.resolve("work"));
        Map<String, InboxPath> files = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(List.of(voice));
        names.addAll(videos);
        names.forEach(name -> files.put(name, new InboxPath(name, inbox.resolve(name), false, Stamp.NONE)));
        Manifest manifest = new Manifest(
                voice, videos.stream().map(Manifest.Video::of).toList(), Manifest.DEFAULT_PRIORITY, Options.NONE);
        Reading reading = new Reading(Stamp.NONE, manifest, null, false, false, names, Map.of(), Map.of());
        Drop drop = new Drop(manifestFile, reading, null, files, Map.of(), Map.of());
        return Claim.of(batch, drop, folders, file -> false, Instant.EPOCH);
    }
}
