package io.lipdrop.sync.model;

import io.lipdrop.sync.neural.Family;
import io.lipdrop.sync.neural.Network;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that someone put into {@code models/}, and what it turned out to be.
 *
 * @param parts the file itself, then those with its weights where it does not hold them: {@code m.onnx.data}
 * @param bytes of all of them
 * @param changed when one of them was last changed
 * @param network null where it cannot be used
 * @param problem why it cannot be used; empty where it can
 */
public record ModelFile(
        List<Path> parts,
        long bytes,
        FileTime changed,
        @Nullable Network network,
        String problem) {
    /** The larger its pictures the better; then Wav2Lip, which was made for this; then by name, so that it stays the same one. */
    public static final Comparator<ModelFile> BEST_FIRST = Comparator.comparing(ModelFile::side)
            .reversed()
            .thenComparing(ModelFile::family, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(ModelFile::name);

    Path path() {
        return parts.get(0);
    }

    /** The file's name, which a manifest asks for. */
    public String name() {
        return String.valueOf(path().getFileName());
    }

    /** Whether a job may use it; if not, {@code problem} has the reason. */
    public boolean isUsable() {
        return network != null;
    }

    boolean isSameAs(ModelFile other) {
        return parts.equals(other.parts) && bytes == other.bytes && changed.equals(other.changed);
    }

    ModelFile recognisedAs(Network its) {
        return new ModelFile(parts, bytes, changed, its, "");
    }

    ModelFile unusable(String why) {
        return new ModelFile(parts, bytes, changed, null, why);
    }

    /** The kind of network; of a usable model only. */
    @Nullable
    public Family family() {
        return network == null ? null : network.family();
    }

    private int side() {
        return network == null ? 0 : network.side();
    }
}
