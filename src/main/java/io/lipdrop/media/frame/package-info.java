/** Frames and the numbers that describe them. */
@NullMarked
package io.lipdrop.media.frame;

import org.jspecify.annotations.NullMarked;
