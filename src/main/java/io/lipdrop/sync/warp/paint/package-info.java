/** Computes the pixels of a drawn mouth. */
@NullMarked
package io.lipdrop.sync.warp.paint;

import org.jspecify.annotations.NullMarked;
