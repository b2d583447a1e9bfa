/** Draws a mouth of a given shape into a frame, from the frame's own pixels. */
@NullMarked
package io.lipdrop.sync.warp;

import org.jspecify.annotations.NullMarked;
