package io.lipdrop.media;

import java.nio.file.Path;

/**
 * A film to be read.
 *
 * @param file where it lies
 * @param info what it holds
 */
public record Film(Path file, MediaInfo info) {}
