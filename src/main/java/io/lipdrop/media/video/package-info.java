/** Frames are read from videos and pictures, in step, as often as the voice needs. */
@NullMarked
package io.lipdrop.media.video;

import org.jspecify.annotations.NullMarked;
