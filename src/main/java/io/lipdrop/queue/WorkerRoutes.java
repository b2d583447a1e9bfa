package io.lipdrop.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;
import org.springframework.stereotype.Component;

/** One more route like {@code queue} for each worker after the first: the same steps behind a consumer of its own. */
@Component
public class WorkerRoutes {
    private static final String FIRST = "queue";
    private static final YAMLMapper YAML = new YAMLMapper();

    private final JobStore store;

    WorkerRoutes(JobStore store) {
        this.store = store;
    }

    /**
     * Makes the routes {@code queue-2}, {@code queue-3} …, and lets all workers take turns.
     *
     * @param file where the route {@code queue} is
     * @param workers how many there are, with the first
     */
    public List<Resource> further(CamelContext camel, Path file, int workers) throws IOException {
        List<Resource> routes = new ArrayList<>();
        for (int worker = 1; worker <= workers && workers > 1; worker++) {
            ObjectNode route = first(file);
            ObjectNode from = route.withObject("/from");
            String uri = store.consumer(camel, from.path("uri").asText(), worker);
            if (worker > 1) {
                from.put("uri", uri);
                route.put("id", idOf(worker));
                rename(from, worker);
                renameSteps(from.path("steps"), worker);
                route.put("description", "%s Worker %d of %d.".formatted(description(route), worker, workers));
                routes.add(ResourceHelper.fromString(idOf(worker) + ".camel.yaml", text(route)));
            }
        }
        return routes;
    }

    /** The id of a step is one in all routes. */
    private static void renameSteps(JsonNode steps, int worker) {
        for (JsonNode step : steps) {
            rename(step, worker);
            renameSteps(step, worker);
        }
    }

    private static void rename(JsonNode step, int worker) {
        if (step instanceof ObjectNode named && named.has("id")) {
            named.put("id", named.path("id").asText() + "-" + worker);
        }
    }

    private static String description(ObjectNode route) {
        return route.path("description").asText();
    }

    private static String text(ObjectNode route) throws IOException {
        return YAML.writeValueAsString(List.of(YAML.createObjectNode().set("route", route)));
    }

    /** The id of a worker's route. */
    static String idOf(int worker) {
        return worker == 1 ? FIRST : FIRST + "-" + worker;
    }

    private static ObjectNode first(Path file) throws IOException {
        for (JsonNode entry : YAML.readTree(file.toFile())) {
            if (entry.path("route") instanceof ObjectNode route
                    && route.path("id").asText().equals(FIRST)) {
                return route;
            }
        }
        throw new IOException("There is no route %s in %s to copy for the other workers.".formatted(FIRST, file));
    }
}
