package io.lipdrop.startup;

import io.lipdrop.queue.WorkerRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Loads the routes by path, where Camel's own pattern would take the path for a URL and stumble over a plus. */
final class RouteFiles {
    private RouteFiles() {}

    /** Loads them, and those of further workers. */
    static void load(CamelContext camel, Path folder, WorkerRoutes further, int workers) throws IOException {
        List<Resource> routes = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(RouteFiles::isRoute).sorted().toList()) {
                routes.add(ResourceHelper.fromString(String.valueOf(file.getFileName()), Files.readString(file)));
            }
        }
        routes.addAll(further.further(camel, folder.resolve("queue.camel.yaml"), workers));
        try {
            PluginHelper.getRoutesLoader(camel).loadRoutes(routes);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    private static boolean isRoute(Path file) {
        return String.valueOf(file.getFileName()).endsWith(".camel.yaml");
    }
}
