/** The geometry of a mouth in the face's own axes, and how it is to move. */
@NullMarked
package io.lipdrop.sync.warp.shape;

import org.jspecify.annotations.NullMarked;
