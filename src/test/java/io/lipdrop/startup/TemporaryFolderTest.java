package io.lipdrop.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.DefaultBootstrapContext;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.mock.env.MockEnvironment;

class TemporaryFolderTest {
    private final String before = System.getProperty("java.io.tmpdir");
    private final TemporaryFolder temporary = new TemporaryFolder();

    @TempDir
    Path home;

    @AfterEach
    void end() {
        stop();
        System.setProperty("java.io.tmpdir", before);
    }

    @Test
    void belongsToThisProcessAndThoseOfDeadOnesGo() throws Exception {
        start(home.resolve("tmp"));
        Path mine = Path.of(System.getProperty("java.io.tmpdir"));
        assertThat(mine).isDirectory().hasParentRaw(home.resolve("tmp"));
        assertThat(mine.getFileName().toString())
                .contains("-" + ProcessHandle.current().pid() + "-");
        assertThat(TemporaryFolder.problem()).isEmpty();
        String host = mine.getFileName().toString().replaceAll("-\\d+-\\d+$", "");
        Process living = new ProcessBuilder("sleep", "60").start();
        try {
            long start = living.info().startInstant().orElseThrow().getEpochSecond();
            Path alive = litter(host + "-" + living.pid() + "-" + start);
            Path reused =
                    litter(host + "-" + living.pid() + "-" + (start - 1000)); // the number of another, earlier one
            Path dead = litter(host + "-99999999-" + start);
            Path elsewhere = litter("another" + host + "-99999999-" + start);
            Path users = litter("notes");

            new TemporaryFolder().onApplicationEvent(prepared(home.resolve("tmp")));

            assertThat(List.of(alive, elsewhere, users, mine)).allMatch(Files::exists);
            assertThat(List.of(dead, reused)).noneMatch(Files::exists);
        } finally {
            living.destroyForcibly();
        }
        stop();
        assertThat(mine).doesNotExist();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "mounts a small disk")
    void saysWhenNoProgramMayBeRunFromItOrItIsFull() throws Exception {
        Path disk = Files.createDirectories(home.resolve("disk"));
        assumeTrue(mount(disk, "size=80m,noexec"), "not allowed to mount a disk");
        try {
            start(disk);
            assertThat(TemporaryFolder.problem())
                    .get()
                    .asString()
                    .contains(disk.toString(), "noexec", "set lipdrop.tmp");
            assertThat(System.getProperty("java.io.tmpdir")).isEqualTo(before);
            stop();
            assertThat(mount(disk, "remount,exec,size=8m")).isTrue();
            start(disk);
            assertThat(TemporaryFolder.problem()).get().asString().contains(disk.toString(), "is full", "8 MB free");
            assertThat(System.getProperty("java.io.tmpdir")).isEqualTo(before);
        } finally {
            stop();
            new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
        }
    }

    private Path litter(String name) throws IOException {
        Path folder = Files.createDirectories(home.resolve("tmp").resolve(name));
        Files.writeString(folder.resolve("library.so"), "left");
        return folder;
    }

    private void start(Path folder) {
        temporary.onApplicationEvent(prepared(folder));
    }

    private void stop() {
        temporary.onApplicationEvent(new ApplicationFailedEvent(
                new SpringApplication(), new String[0], null, new IllegalStateException("the end")));
    }

    private ApplicationEnvironmentPreparedEvent prepared(Path folder) {
        MockEnvironment settings = new MockEnvironment()
                .withProperty("lipdrop.home", home.toString())
                .withProperty("lipdrop.tmp", folder.toString());
        return new ApplicationEnvironmentPreparedEvent(
                new DefaultBootstrapContext(), new SpringApplication(), new String[0], settings);
    }

    private static boolean mount(Path disk, String options) throws Exception {
        return new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "lipdrop-test", disk.toString())
                        .inheritIO()
                        .start()
                        .waitFor()
                == 0;
    }
}
