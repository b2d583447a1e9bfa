/** Detects the face and tracks its landmarks from frame to frame. */
@NullMarked
package io.lipdrop.sync.face;

import org.jspecify.annotations.NullMarked;
