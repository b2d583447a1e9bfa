package io.lipdrop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every command that a document tells people to type is one that {@code benchmarks/commands.sh} runs as it stands there. */
class CommandsTest {
    private static final Path RUNNER = Path.of("benchmarks/commands.sh");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern INLINE = Pattern.compile("`([^`\\n]+)`");

    /** What a command in the middle of a sentence begins with. */
    private static final Pattern COMMAND = Pattern.compile(
            "(mvn|cat|python3|pip|curl|docker|java) \\S.*|(benchmarks|training)/[\\w-]+\\.sh( .*)?|apt(-get)? install .*");

    /** Part of a sentence about such a command. */
    private static final Set<String> MENTIONED =
            Set.of("java -jar", "java -jar lipdrop.jar", "java -jar target/lipdrop.jar", "curl -N");

    @Test
    void everyCommandOfTheDocumentsIsRun() throws Exception {
        assumeTrue(Files.exists(Path.of("/bin/bash")), "needs bash");
        Set<String> told = new TreeSet<>();
        for (Path document : documents()) {
            told.addAll(commandsOf(Files.readString(document)));
        }

        assertThat(run()).as("what benchmarks/commands.sh runs").containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    void findsCommandsInBlocksAndSentences() {
        String text =
                "Type `mvn -q x`, see `java -jar`.\n```sh\na b \\\n   c    # once\n\nd [--e] FILE…\n```\n```yaml\nf: g\n```\n";

        assertThat(commandsOf(text)).containsExactly("a b c", "d", "mvn -q x");
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents =
                new ArrayList<>(List.of(Path.of("README.md"), Path.of("README.zh-CN.md"), Path.of("CHANGELOG.md")));
        for (String folder : List.of("docs", "training", "benchmarks", "models", "routes")) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
            }
        }
        return documents;
    }

    private static Set<String> commandsOf(String text) {
        Set<String> commands = new TreeSet<>();
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            if (blocks.group(1).equals("sh")) {
                blocks.group(2)
                        .replace("\\\n", " ")
                        .lines()
                        .map(CommandsTest::bare)
                        .forEach(commands::add);
            }
        }
        Matcher inline = INLINE.matcher(blocks.replaceAll(""));
        while (inline.find()) {
            String span = inline.group(1);
            if (COMMAND.matcher(span).matches() && !MENTIONED.contains(span)) {
                commands.add(bare(span));
            }
        }
        commands.remove("");
        return commands;
    }

    /** Without its comment, and without what stands for a file or an option of the reader's choice. */
    private static String bare(String line) {
        return line.replaceAll("(^|\\s)#.*", "")
                .replaceAll("\\s+", " ")
                .replaceAll(" (\\[|FILE|…|\\p{IsHan}).*", "")
                .strip();
    }

    private static Set<String> run() throws Exception {
        Process process = new ProcessBuilder("bash", RUNNER.toString(), "--list")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String list = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("%s --list", RUNNER).isZero();
        Set<String> commands = new TreeSet<>();
        list.lines().forEach(line -> commands.add(line.substring(line.indexOf('\t') + 1)));
        return commands;
    }
}
