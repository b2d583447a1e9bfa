package io.lipdrop.media.video;

import io.lipdrop.media.probe.MediaInfo;
import java.nio.file.Path;

/**
 * A video to read.
 *
 * @param file its path
 * @param info its content
 */
public record VideoFile(Path file, MediaInfo info) {}
