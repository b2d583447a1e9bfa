/** The mouths that a person makes elsewhere in the video, and the path through them for a voice. */
@NullMarked
package io.lipdrop.sync.warp.own;

import org.jspecify.annotations.NullMarked;
