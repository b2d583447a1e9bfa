package io.lipdrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lipdrop.job.JobState;
import io.lipdrop.status.BatchStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.util.FileSystemUtils;

/** The real routes of the top-level folder, and the sample dropped into them. */
@CamelSpringBootTest
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "lipdrop.home=target/homes/routes",
            "lipdrop.routes=routes",
            "lipdrop.models=models",
            "lipdrop.inbox.settle=300ms"
        })
@DirtiesContext
class RoutesTest {
    private static final Path HOME = Path.of("target", "homes", "routes").toAbsolutePath();

    static {
        FileSystemUtils.deleteRecursively(HOME.toFile()); // before the application prepares it
    }

    @Autowired
    CamelContext camel;

    @Test
    void everyRouteFileIsLoadedAndStarted() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".camel.yaml"))
                            .map(name -> name.replace(".camel.yaml", ""))
                            .filter(name -> !name.equals("failures") && !name.equals("operations")))
                    .allSatisfy(stage -> assertThat(camel.getRoute(stage))
                            .as("the route that is called as its file, %s", stage)
                            .isNotNull());
        }
        assertThat(camel.getRoutes()).allSatisfy(route -> {
            assertThat(route.getDescription()).as(route.getRouteId()).isNotBlank();
            assertThat(camel.getRouteController().getRouteStatus(route.getRouteId()))
                    .as(route.getRouteId())
                    .isEqualTo(ServiceStatus.Started);
        });
    }

    /** As the console shows them: each step by its id, error handling in one step in front of the flow. */
    @Test
    void theDiagramOfEachRouteReadsAsASentence() {
        Set<String> ids = new HashSet<>();
        List<String> guarded = new ArrayList<>();
        for (RouteDefinition route : ((ModelCamelContext) camel).getRouteDefinitions()) {
            requireId(route.getInput(), ids);
            assertThat(route.getErrorHandler())
                    .as("the console draws no routes where one has an element before from")
                    .isNull();
            for (ProcessorDefinition<?> step : route.getOutputs()) {
                if (step instanceof OnExceptionDefinition) {
                    assertThat(step.getOutputs()).as(route.getRouteId()).hasSizeLessThan(2);
                    guarded.add(route.getRouteId());
                } else {
                    requireIds(step, ids);
                }
            }
        }
        assertThat(guarded).contains("intake", "validation", "queue", "sync", "delivery", "notices");
    }

    private static void requireIds(ProcessorDefinition<?> step, Set<String> ids) {
        requireId(step, ids);
        step.getOutputs().forEach(inner -> requireIds(inner, ids));
    }

    private static void requireId(OptionalIdentifiedDefinition<?> node, Set<String> ids) {
        assertThat(node.hasCustomIdAssigned()).as(node.getShortName()).isTrue();
        assertThat(node.getId()).matches("[a-z0-9]+(-[a-z0-9]+){1,7}");
        assertThat(ids.add(node.getId())).as(node.getId()).isTrue();
    }

    @Test
    void aJobTravelsTheStagesInOrder() {
        Path samples = Path.of("samples", "hello");
        Stream.of("hello.ogg", "portrait.mp4", "hello.yaml").forEach(name -> copy(samples.resolve(name)));

        await().atMost(Duration.ofMinutes(2)).until(() -> state() == JobState.DONE);

        assertThat(HOME.resolve("outbox/hello/portrait.mp4")).isNotEmptyFile();
        assertThat(Stream.of("intake", "validation", "queue", "sync", "delivery")
                        .map(camel::getRoute))
                .extracting(Route::getRouteId)
                .doesNotContainNull();
    }

    private static void copy(Path file) {
        try {
            Files.copy(file, HOME.resolve("inbox").resolve(file.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JobState state() throws IOException {
        Path status = HOME.resolve("outbox/hello/status.json");
        return Files.exists(status) ? BatchStatus.read(status).state() : JobState.WAITING;
    }
}
