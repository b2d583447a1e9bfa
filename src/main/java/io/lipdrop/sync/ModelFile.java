package io.lipdrop.sync;

import io.lipdrop.sync.neural.Family;
import io.lipdrop.sync.neural.Network;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A model that someone put into {@code models/}, and what it turned out to be.
 *
 * @param changed when the file was last changed
 * @param network null where it cannot be used
 * @param problem why it cannot be used; empty where it can
 */
record ModelFile(
        Path path, long bytes, FileTime changed, @Nullable Network network, String problem) {
    /** The larger its pictures the better; then Wav2Lip, which was made for this; then by name, so that it stays the same one. */
    static final Comparator<ModelFile> BEST_FIRST = Comparator.comparing(ModelFile::side)
            .reversed()
            .thenComparing(ModelFile::family, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(ModelFile::name);

    String name() {
        return String.valueOf(path.getFileName());
    }

    boolean isUsable() {
        return network != null;
    }

    boolean isSameAs(long otherBytes, FileTime otherTime) {
        return bytes == otherBytes && changed.equals(otherTime);
    }

    @Nullable
    Family family() {
        return network == null ? null : network.family();
    }

    private int side() {
        return network == null ? 0 : network.side();
    }
}
