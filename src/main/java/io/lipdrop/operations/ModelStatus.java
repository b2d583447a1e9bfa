package io.lipdrop.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lipdrop.home.FolderAccess;
import io.lipdrop.home.Folders;
import io.lipdrop.stage.EngineStatus;
import io.lipdrop.startup.ShippedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What draws: the engines that a manifest can name, and the files in {@code models/}. */
@Component
public class ModelStatus {
    private static final String WARP = "warp";

    private final EngineStatus engines;
    private final Folders folders;
    private final FolderAccess access;

    ModelStatus(EngineStatus engines, Folders folders, FolderAccess access) {
        this.access = access;
        this.engines = engines;
        this.folders = folders;
    }

    /**
     * All of it.
     *
     * @param draws what {@code engine: auto} draws with at present
     * @param engines what a manifest may name
     */
    public record Models(String draws, List<Engine> engines, List<Model> models) {
        public Models {
            engines = List.copyOf(engines);
            models = List.copyOf(models);
        }
    }

    /**
     * A name for {@code engine} in a manifest.
     *
     * @param ready whether a job that names it would be drawn
     */
    public record Engine(String engine, boolean ready) {}

    /**
     * A file in {@code models/}.
     *
     * @param shipped whether it comes with Lipdrop
     * @param state {@code ready}, {@code unusable} or {@code missing}
     * @param family the engine that uses it, where it is one of the owner's
     * @param pictures side of the network's pictures, pixels
     * @param problem why it cannot be used
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Model(
            String file,
            boolean shipped,
            String state,
            @Nullable Long bytes,
            @Nullable String family,
            @Nullable Integer pictures,
            @Nullable String problem) {}

    /** As it was last seen. */
    public Models models() throws IOException {
        List<Model> models = new ArrayList<>();
        boolean isWarpReady = true;
        for (String name : ShippedFiles.namesFor("models")) {
            if (name.endsWith(".onnx")) {
                Model shipped = access.within(folders.models(), () -> shipped(name));
                models.add(shipped);
                isWarpReady &= shipped.problem == null;
            }
        }
        List<Engine> names = new ArrayList<>(List.of(new Engine("auto", isWarpReady), new Engine(WARP, isWarpReady)));
        Set<String> families = new TreeSet<>();
        for (EngineStatus.Model own : engines.models()) {
            boolean isReady = own.family() != null;
            if (isReady) {
                families.add(Objects.requireNonNull(own.family()));
            }
            models.add(new Model(
                    own.file(),
                    false,
                    isReady ? "ready" : "unusable",
                    own.bytes(),
                    own.family(),
                    own.pictures(),
                    own.problem()));
        }
        boolean areFacesFound = isWarpReady; // networks need the shipped models too
        families.forEach(family -> names.add(new Engine(family, areFacesFound)));
        engines.models().forEach(own -> names.add(new Engine(own.file(), own.family() != null && areFacesFound)));
        return new Models(engines.drawsByDefault(), names, models);
    }

    private Model shipped(String name) throws IOException {
        if (!Files.isReadable(folders.models().resolve(name))) {
            String problem = "it is missing from " + folders.models() + "; a restart puts it back";
            return new Model(name, true, "missing", null, null, null, problem);
        }
        long bytes = Files.size(folders.models().resolve(name));
        return new Model(name, true, "ready", bytes, null, null, null);
    }
}
