package io.lipdrop.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/openapi.json} describes every call, and no other. */
class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch");

    private final JsonNode document = read();

    @Test
    void describesEveryCallAndNoOther() throws ClassNotFoundException {
        Set<String> described = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .forEach(method -> described.add(method.getKey() + " " + path.getKey())));
        Set<String> calls = calls();
        assertThat(calls).contains("get /api/batches");
        assertThat(described).isEqualTo(calls);
    }

    @Test
    void eachCallHasASummaryAndAnswers() {
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    String call = method.getKey() + " " + path.getKey();
                    assertThat(method.getValue().path("summary").asText())
                            .as(call)
                            .isNotEmpty();
                    assertThat(method.getValue().path("responses").properties())
                            .as(call)
                            .isNotEmpty();
                    Set<String> parameters = method.getValue().path("parameters").findValuesAsText("name").stream()
                            .collect(Collectors.toSet());
                    for (String part : path.getKey().split("/", -1)) {
                        if (part.startsWith("{")) {
                            assertThat(parameters).as(call).contains(part.substring(1, part.length() - 1));
                        }
                    }
                }));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        for (String reference : document.findValuesAsText("$ref")) {
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
    }

    /** Of all controllers, by their annotations. */
    private static Set<String> calls() throws ClassNotFoundException {
        Set<String> calls = new TreeSet<>();
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.lipdrop.web");
        for (JavaClass controller : classes.that(
                DescribedPredicate.describe("are controllers", type -> type.isAnnotatedWith(RestController.class)))) {
            for (Method method : Class.forName(controller.getName()).getDeclaredMethods()) {
                RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping != null) {
                    Arrays.stream(mapping.path())
                            .filter(path -> path.startsWith("/api/"))
                            .forEach(path -> Arrays.stream(mapping.method())
                                    .map(RequestMethod::name)
                                    .forEach(name -> calls.add(name.toLowerCase(Locale.ROOT) + " " + path)));
                }
            }
        }
        return calls;
    }

    private static JsonNode read() {
        try {
            return OpenApi.merged(new ObjectMapper());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
