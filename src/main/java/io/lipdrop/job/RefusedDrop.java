package io.lipdrop.job;

import java.nio.file.Path;
import java.util.List;

/** A drop that is rejected as a whole because of its manifest. */
public final class RefusedDrop extends RuntimeException {
    private final String batch;
    private final String label;
    private final Path manifest;
    private final transient List<Media> media;
    private final Failure failure;

    /**
     * A file that is moved to the error folder with its manifest.
     *
     * @param place its path there, relative to the manifest's folder
     * @param stays whether another manifest needs it, so that it stays
     */
    public record Media(Path file, String place, boolean stays) {}

    /**
     * A refusal.
     *
     * @param batch the name of its folder in error
     * @param label the manifest's path in the inbox
     * @param manifest the manifest
     * @param media its files, which are moved with it
     */
    public RefusedDrop(String batch, String label, Path manifest, List<Media> media, Failure failure) {
        super(failure.reason(), failure);
        this.batch = batch;
        this.label = label;
        this.manifest = manifest;
        this.media = List.copyOf(media);
        this.failure = failure;
    }

    public String batch() {
        return batch;
    }

    public String label() {
        return label;
    }

    public Path manifest() {
        return manifest;
    }

    public List<Media> media() {
        return media;
    }

    public Failure failure() {
        return failure;
    }
}
