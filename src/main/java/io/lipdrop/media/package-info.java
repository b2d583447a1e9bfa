/** Files to frames and samples and back: the only place that knows FFmpeg. */
@NullMarked
package io.lipdrop.media;

import org.jspecify.annotations.NullMarked;
