/** Decodes files to frames and samples, and encodes them. The only package that uses FFmpeg. */
@NullMarked
package io.lipdrop.media;

import org.jspecify.annotations.NullMarked;
