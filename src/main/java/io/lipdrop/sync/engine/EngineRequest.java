package io.lipdrop.sync.engine;

import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.sync.model.ModelFile;
import io.lipdrop.sync.neural.Family;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The engine that is asked for: {@code auto}, {@code warp}, a family of networks, or a file in {@code models/}. */
record EngineRequest(String name) {
    static final String AUTO = "auto";

    boolean isAuto() {
        return name.equals(AUTO);
    }

    boolean isWarp() {
        return name.equals(WarpEngine.NAME);
    }

    /** Whether a file may be it, once it can be used. */
    boolean mayBe(ModelFile file) {
        return file.name().equals(name) || isAuto() || family().isPresent();
    }

    /** The networks that are it, to be tried in this order; more than one only for {@code auto}. */
    List<ModelFile> among(List<ModelFile> there) {
        Family family = family().orElse(null);
        return there.stream()
                .filter(ModelFile::isUsable)
                .filter(file -> isAuto() || file.name().equals(name) || (family != null && file.family() == family))
                .sorted(ModelFile.BEST_FIRST)
                .limit(isAuto() ? Long.MAX_VALUE : 1)
                .toList();
    }

    /** Why it is not among them. */
    Failure missingIn(List<ModelFile> there) {
        for (ModelFile file : there) {
            if (file.name().equals(name)) {
                return new Failure(FailureCode.MODEL_INVALID, name + " cannot be used: " + file.problem());
            }
        }
        String reason = family().isPresent()
                ? "The manifest asks for engine %s, but models/ has no usable model for it%s."
                        .formatted(name, unusable(there))
                : "There is no engine or model %s. engine must be auto, warp, wav2lip, edtalk or a file in models/."
                        .formatted(name);
        return new Failure(FailureCode.MODEL_MISSING, reason);
    }

    private Optional<Family> family() {
        return Arrays.stream(Family.values())
                .filter(each -> each.label().equals(name))
                .findFirst();
    }

    private static String unusable(List<ModelFile> there) {
        List<String> names = there.stream()
                .filter(file -> !file.isUsable())
                .map(ModelFile::name)
                .toList();
        return names.isEmpty() ? "" : " (not usable: " + String.join(", ", names) + ")";
    }
}
