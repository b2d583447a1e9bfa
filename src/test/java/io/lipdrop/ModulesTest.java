package io.lipdrop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each stage of the journey stands alone: which package may use which, at any depth, and who may know which library. */
class ModulesTest {
    private static final String BASE = "io.lipdrop.";

    /** Words, folders and verdicts: what every stage may use. */
    private static final String SHARED = "files job stage home diagnosis";

    private static final String MEDIA = "media media.frame media.ffmpeg media.probe";

    /** The packages, from the ground up, and what each may use: a line a package. */
    private static final Map<String, Set<String>> MAY_USE = table(
            "launch:",
            "files:",
            "job:",
            "stage: job",
            "home: files job stage",
            "onnx:",
            "media:",
            "media.frame:",
            "media.ffmpeg: media media.frame",
            "media.container: media media.frame",
            "media.probe: media media.frame media.container media.ffmpeg",
            "media.video: files " + MEDIA,
            "media.sound: files " + MEDIA,
            "media.write: files media.video " + MEDIA,
            "diagnosis: job media onnx",
            // the stages
            "intake.manifest: " + SHARED,
            "intake.drop: intake.manifest " + SHARED,
            "intake.claim: intake.drop " + SHARED,
            "intake.posted: uploads intake.manifest intake.drop intake.claim " + SHARED,
            "intake: intake.manifest intake.drop intake.claim intake.posted " + SHARED,
            "speed: " + SHARED,
            "validation: media media.frame media.probe " + SHARED,
            "queue.opening: " + SHARED,
            "queue: queue.opening " + SHARED,
            "queue.folder: queue " + SHARED,
            "delivery: " + SHARED,
            "uploads: " + SHARED,
            "results.zip:",
            "results: results.zip " + SHARED,
            "status.progress: job",
            "history: status " + SHARED,
            "status.queue: queue queue.opening speed status.progress " + SHARED,
            "status: queue.opening status.progress status.queue " + SHARED,
            "operations: queue startup status " + SHARED,
            "notices: status " + SHARED,
            "control: intake intake.claim intake.manifest delivery history queue queue.opening status " + SHARED,
            "library: " + SHARED,
            "control.jmx: control queue queue.opening status " + SHARED,
            "startup: launch queue status " + SHARED,
            "web.api: files history job library operations stage status web.door web.problem",
            "web.problem: web.connection",
            "web.connection:",
            "web.door: web.problem",
            "web.download: web.connection results results.zip history status web.problem",
            "web.upload: uploads intake.manifest intake.posted job web.door web.problem",
            "web.account: launch web.door",
            "web.login: launch web.account web.door web.problem",
            "web.page:",
            "web.console: web.door",
            "web.events: web.connection job notices stage status web.problem",
            "web.control: web.door web.problem control job queue queue.opening status",
            // lip-sync, whose steps know no stage
            "sync.pixel: media.frame",
            "sync.face: media.frame onnx sync.pixel",
            "sync.smooth: sync.face sync.pixel",
            "sync.voice: media.frame onnx",
            "sync.neural: media.frame onnx sync.face sync.pixel sync.voice",
            "sync.warp.shape: sync.face sync.pixel sync.voice",
            "sync.warp.person: media.frame sync.face sync.pixel sync.warp.shape",
            "sync.warp.paint: media.frame sync.pixel sync.voice sync.warp.shape sync.warp.person",
            "sync.warp.own: media.frame sync.face sync.pixel sync.voice sync.warp.shape sync.warp.person sync.warp.paint",
            "sync.warp: media.frame sync.face sync.pixel sync.voice sync.warp.shape sync.warp.person sync.warp.paint sync.warp.own",
            "sync.control: job stage diagnosis",
            "sync.model: onnx sync.face sync.neural " + SHARED,
            "sync.render: onnx media.video media.write sync.control sync.face sync.model sync.smooth sync.voice "
                    + MEDIA + " " + SHARED,
            "sync.engine: onnx media.video sync.control sync.face sync.model sync.neural sync.render sync.voice sync.warp"
                    + " sync.warp.own sync.warp.shape " + MEDIA + " " + SHARED,
            "sync.check: onnx media.video media.sound sync.control sync.face sync.model sync.render sync.voice " + MEDIA
                    + " " + SHARED,
            "sync: onnx speed media.video media.sound media.write sync.check sync.control sync.engine sync.face sync.model sync.render"
                    + " sync.voice " + MEDIA + " " + SHARED);

    /** More classes are hard to take in at a glance. */
    private static final int MAX_CLASSES = 16;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("__")) // what an earlier package run has generated
            .importPackages("io.lipdrop");

    @Test
    void packagesUseOnlyWhatTheTableAllows() {
        Set<String> forbidden = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            String from = packageOf(type);
            type.getDirectDependenciesFromSelf().forEach(dependency -> {
                String to = packageOf(dependency.getTargetClass());
                boolean isOurs = !from.isEmpty() && !to.isEmpty() && !from.equals(to);
                if (isOurs && !MAY_USE.getOrDefault(from, Set.of()).contains(to)) {
                    forbidden.add(type.getName() + " uses "
                            + dependency.getTargetClass().getName());
                }
            });
        }
        assertThat(forbidden).isEmpty();
    }

    @Test
    void everyPackageExistsAndIsSmall() {
        Map<String, Long> sizes = CLASSES.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .map(ModulesTest::packageOf)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));

        assertThat(sizes.keySet()).isEqualTo(MAY_USE.keySet());
        assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(MAX_CLASSES));
    }

    @Test
    void noTwoPackagesUseEachOther() {
        slices().matching(BASE + "(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheEndsOfTheRoutesKnowCamel() {
        onlyIn("org.apache.camel..", "files", "intake", "queue", "operations", "startup", "notices");
    }

    @Test
    void onlyMediaKnowsFfmpeg() {
        onlyIn("org.bytedeco..", "media");
    }

    @Test
    void onlyOnnxKnowsTheRuntime() {
        onlyIn("ai.onnxruntime..", "onnx");
    }

    private static void onlyIn(String library, String... packages) {
        String[] allowed = new String[packages.length];
        for (int i = 0; i < packages.length; i++) {
            allowed[i] = BASE + packages[i] + "..";
        }
        noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    private static Map<String, Set<String>> table(String... lines) {
        return Arrays.stream(lines)
                .map(line -> line.split(":", -1))
                .collect(Collectors.toMap(
                        line -> line[0],
                        line -> Arrays.stream(line[1].split(" "))
                                .filter(name -> !name.isEmpty())
                                .collect(Collectors.toSet())));
    }

    private static String packageOf(JavaClass type) {
        String name = type.getPackageName() + ".";
        return name.startsWith(BASE) && name.length() > BASE.length()
                ? name.substring(BASE.length(), name.length() - 1)
                : "";
    }
}
