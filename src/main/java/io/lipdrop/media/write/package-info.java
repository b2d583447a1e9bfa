/** Frames become segments, and segments with a sound one file. */
@NullMarked
package io.lipdrop.media.write;

import org.jspecify.annotations.NullMarked;
