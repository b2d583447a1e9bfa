package io.lipdrop.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.JobState;
import io.lipdrop.job.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockServletContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** What the page is made of: small, in two languages, nothing from elsewhere, nothing that its content security policy forbids. */
class PageFilesTest {
    private static final Path FILES = Path.of("src/main/resources/static");
    private static final Path ASSETS = FILES.resolve("assets");
    private static final int MAX_BYTES = 300_000;

    @Test
    void allFilesTogetherAreSmall() throws IOException {
        long bytes = 0;
        for (Path file : files("")) {
            bytes += Files.size(file);
        }

        assertThat(bytes).isLessThanOrEqualTo(MAX_BYTES);
    }

    @Test
    void bothLanguagesHaveTheSameTexts() throws IOException {
        Map<String, String> english = words("en");
        Map<String, String> chinese = words("zh");

        assertThat(chinese.keySet()).isEqualTo(english.keySet());
        assertThat(english).noneSatisfy((key, text) -> assertThat(text).isBlank());
        assertThat(chinese).noneSatisfy((key, text) -> assertThat(text).isBlank());
        english.forEach((key, text) ->
                assertThat(placeholders(chinese.getOrDefault(key, ""))).as(key).isEqualTo(placeholders(text)));
    }

    @Test
    void everyFailureHasATitleAndARemedyInBothLanguages() throws IOException {
        for (String language : List.of("en", "zh")) {
            Map<String, String> words = words(language);
            for (FailureCode code : FailureCode.values()) {
                assertThat(words).containsKeys("failure." + code.code(), "hint." + code.code());
            }
        }
        assertThat(words("zh").entrySet())
                .filteredOn(word -> word.getKey().startsWith("hint."))
                .allSatisfy(word -> assertThat(word.getValue()).matches("(?s).*\\p{IsHan}.*"));
    }

    @Test
    void everyTextThatTheScriptsNameIsThere() throws IOException {
        Set<String> named = new TreeSet<>();
        Pattern text = Pattern.compile(
                "(?:\\b(?:t|rich)\\(|\\b(?:t|label|placeholder): |data-(?:t|label|placeholder)=|"
                        + "\\b(?:field|check|card|fact|part|figure|say)\\(\\w*(?:, )?|iconButton\\('\\w+', )['\"]([a-zA-Z]+(?:[.-][a-zA-Z-]+)*)['\"]");
        for (Path file : ours(".js", ".html")) {
            Matcher matcher = text.matcher(Files.readString(file));
            while (matcher.find()) {
                named.add(matcher.group(1));
            }
        }
        Stream.of(Phase.values()).forEach(phase -> named.add("phase." + phase.label()));
        Stream.of(JobState.values()).filter(JobState::isFinal).forEach(state -> named.add("said." + state.label()));

        assertThat(named).hasSizeGreaterThan(100);
        assertThat(words("en").keySet()).containsAll(named);
    }

    @Test
    void nothingComesFromElsewhere() throws IOException {
        for (Path file : ours(".js", ".html", ".css", ".svg")) {
            assertThat(Files.readString(file).replace("http://www.w3.org/2000/svg", ""))
                    .as(file.toString())
                    .doesNotContainPattern("https?://|[\"'(]//|@import|\\burl\\((?!`|'|path)");
        }
    }

    @Test
    void nothingIsWrittenIntoThePageThatItsPolicyForbids() throws IOException {
        for (Path file : files(".html")) {
            assertThat(Files.readString(file))
                    .doesNotContainPattern("(?i)<style|\\sstyle=|\\son[a-z]+=|javascript:")
                    .doesNotContainPattern("(?i)<script(?![^>]*\\ssrc=)");
        }
        for (Path file : ours(".js")) {
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .doesNotContainPattern(
                            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function")
                    .doesNotContainPattern("setAttribute\\('style'|\\bstyle: (?!'percent')");
        }
    }

    /** What a browser would look for in vain stays unseen until somebody presses that button. */
    @Test
    void everyFileThatIsNamedIsThere() throws IOException {
        List<Path> named = new ArrayList<>();
        Matcher html = Pattern.compile("(?:src|href)=\"(assets/[^\"]+)\"")
                .matcher(Files.readString(FILES.resolve("index.html")));
        while (html.find()) {
            named.add(FILES.resolve(html.group(1)));
        }
        for (Path file : files(".js")) {
            Matcher imports = Pattern.compile("from '\\./([^']+)'").matcher(Files.readString(file));
            while (imports.find()) {
                named.add(ASSETS.resolve(imports.group(1)));
            }
        }

        assertThat(named)
                .hasSizeGreaterThan(20)
                .allSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void aBrowserAsksEachTimeAndGetsAFileOnceAVersion() throws Exception {
        MockMvc web = web();
        String tag = web.perform(get("/assets/lipdrop.css"))
                .andExpect(status().isOk())
                .andExpect(header().string("Cache-Control", "no-cache"))
                .andExpect(header().doesNotExist("Last-Modified"))
                .andExpect(content().bytes(Files.readAllBytes(ASSETS.resolve("lipdrop.css"))))
                .andReturn()
                .getResponse()
                .getHeader("ETag");

        web.perform(get("/assets/lipdrop.css").header("If-None-Match", tag)).andExpect(status().isNotModified());
        web.perform(get("/assets/lipdrop.css").header("If-None-Match", "\"of-another-version\""))
                .andExpect(status().isOk());
        web.perform(get("/assets/main.js")).andExpect(header().string("ETag", org.hamcrest.Matchers.not(tag)));
        web.perform(get("/index.html")).andExpect(header().string("Cache-Control", "no-cache"));
    }

    @EnableWebMvc
    static class Mvc {}

    private static MockMvc web() {
        AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
        context.setServletContext(new MockServletContext());
        context.register(Mvc.class, PageFiles.class);
        context.refresh();
        return MockMvcBuilders.webAppContextSetup(context).build();
    }

    private static Map<String, String> words(String language) throws IOException {
        byte[] json = Files.readAllBytes(ASSETS.resolve("lang").resolve(language + ".json"));
        return new ObjectMapper().readValue(new String(json, UTF_8), new TypeReference<>() {});
    }

    private static Set<String> placeholders(String text) {
        return Pattern.compile("\\{\\w+}")
                .matcher(text)
                .results()
                .map(found -> found.group())
                .filter(name -> !name.equals("{n}")) // Chinese has no plural
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Without the libraries of others. */
    private static List<Path> ours(String... endings) throws IOException {
        return files(endings).stream()
                .filter(file -> !file.toString().contains("vendor"))
                .toList();
    }

    private static List<Path> files(String... endings) throws IOException {
        try (Stream<Path> all = Files.walk(FILES)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> endings[0].isEmpty() || Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }
}
