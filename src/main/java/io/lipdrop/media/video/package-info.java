/** Reads frames from videos and images, repeated for as long as the voice needs. */
@NullMarked
package io.lipdrop.media.video;

import org.jspecify.annotations.NullMarked;
