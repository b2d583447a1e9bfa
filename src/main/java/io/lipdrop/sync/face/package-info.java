/** Finds the face in each frame and follows its landmarks through the clip. */
@NullMarked
package io.lipdrop.sync.face;

import org.jspecify.annotations.NullMarked;
