/** The geometry of a mouth in the face's coordinate axes, and how it moves. */
@NullMarked
package io.lipdrop.sync.warp.shape;

import org.jspecify.annotations.NullMarked;
