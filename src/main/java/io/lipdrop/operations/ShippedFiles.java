package io.lipdrop.operations;

import io.lipdrop.files.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The files that travel in the jar for use in the home: routes, models, the sample. */
final class ShippedFiles {
    private ShippedFiles() {}

    /** The names of what is shipped for a folder of the home. */
    static List<String> namesFor(String folder) throws IOException {
        return resources(folder).stream()
                .map(resource -> Objects.requireNonNull(resource.getFilename()))
                .toList();
    }

    /** Copies what a folder does not have yet. What the user changed stays. */
    static void copyMissing(String folder, Path target) throws IOException {
        for (Resource resource : resources(folder)) {
            Path file = target.resolve(Objects.requireNonNull(resource.getFilename()));
            if (!Files.exists(file)) {
                copy(resource, file);
            }
        }
    }

    static void copy(Resource resource, Path file) throws IOException {
        try (InputStream content = resource.getInputStream()) {
            DurableFiles.write(file, content.readAllBytes());
        }
    }

    static List<Resource> resources(String folder) throws IOException {
        return Arrays.stream(new PathMatchingResourcePatternResolver().getResources("classpath*:home/" + folder + "/*"))
                .filter(Resource::isReadable)
                .toList();
    }
}
