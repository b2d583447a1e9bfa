package io.lipdrop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Each stage of the journey stands alone: which package may use which, and who may know which library. */
class ModulesTest {
    private static final String BASE = "io.lipdrop.";

    /** The packages, and what each may use besides {@code files}, which is everybody's. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("files", Set.of()),
            Map.entry("job", Set.of()),
            Map.entry("onnx", Set.of()),
            Map.entry("media", Set.of("job")),
            Map.entry("intake", Set.of("job")),
            Map.entry("validation", Set.of("job", "media")),
            Map.entry("queue", Set.of("job")),
            Map.entry("delivery", Set.of("job")),
            Map.entry("operations", Set.of("job", "queue")),
            Map.entry("web", Set.of()),
            Map.entry("sync", Set.of("job", "media", "onnx", "sync.face", "sync.voice", "sync.warp", "sync.neural")),
            Map.entry("sync.face", Set.of("media", "onnx")),
            Map.entry("sync.voice", Set.of("media", "onnx", "sync.warp")),
            Map.entry("sync.neural", Set.of("media", "onnx", "sync.face", "sync.voice")),
            Map.entry("sync.warp", Set.of("media", "onnx", "sync.face")));

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
                boolean isOurs = !from.isEmpty() && !to.isEmpty() && !from.equals(to) && !to.equals("files");
                if (isOurs && !MAY_USE.getOrDefault(from, Set.of()).contains(to)) {
                    forbidden.add(type.getName() + " uses "
                            + dependency.getTargetClass().getName());
                }
            });
        }
        assertThat(forbidden).isEmpty();
    }

    @Test
    void everyPackageIsInTheTable() {
        assertThat(CLASSES.stream().map(ModulesTest::packageOf).filter(name -> !name.isEmpty()))
                .isSubsetOf(MAY_USE.keySet());
    }

    @Test
    void noTwoPackagesUseEachOther() {
        slices().matching(BASE + "(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheEndsOfTheRoutesKnowCamel() {
        onlyIn("org.apache.camel..", "files", "intake", "queue", "operations");
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

    private static String packageOf(JavaClass type) {
        String name = type.getPackageName() + ".";
        return name.startsWith(BASE) && name.length() > BASE.length()
                ? name.substring(BASE.length(), name.length() - 1)
                : "";
    }
}
