package io.lipdrop.media.video;

import io.lipdrop.media.probe.MediaInfo;
import java.nio.file.Path;

/**
 * A film to be read.
 *
 * @param file where it lies
 * @param info what it holds
 */
public record VideoFile(Path file, MediaInfo info) {}
