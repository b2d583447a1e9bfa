package io.lipdrop.startup;

import io.lipdrop.files.Checksum;
import io.lipdrop.files.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The files that travel in the jar for use in the home: routes, models, the sample. */
public final class ShippedFiles {
    private ShippedFiles() {}

    /** The names of what is shipped for a folder of the home. */
    public static List<String> namesFor(String folder) throws IOException {
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

    /**
     * Replaces copies that an earlier version made and nobody edited: today's beans may not fit the steps of old routes, and old models
     * know less.
     */
    static void replaceFormer(String folder, Path target) throws IOException {
        Set<String> former = former();
        for (Resource resource : resources(folder)) {
            Path file = target.resolve(Objects.requireNonNull(resource.getFilename()));
            boolean isFormer = Files.exists(file) && former.contains(Checksum.sha256(Files.readAllBytes(file)));
            if (isFormer && !Arrays.equals(Files.readAllBytes(file), bytes(resource))) {
                copy(resource, file);
            }
        }
    }

    private static Set<String> former() throws IOException {
        String list = new String(bytes(new ClassPathResource("former-files.sha256")), StandardCharsets.UTF_8);
        return list.lines().map(line -> line.split(" ", 2)[0]).collect(Collectors.toSet());
    }

    static void copy(Resource resource, Path file) throws IOException {
        DurableFiles.write(file, bytes(resource));
    }

    private static byte[] bytes(Resource resource) throws IOException {
        try (InputStream content = resource.getInputStream()) {
            return content.readAllBytes();
        }
    }

    static List<Resource> resources(String folder) throws IOException {
        return Arrays.stream(new PathMatchingResourcePatternResolver().getResources("classpath*:home/" + folder + "/*"))
                .filter(Resource::isReadable)
                .toList();
    }
}
