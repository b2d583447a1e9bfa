/** Collects mouth images of the person from the whole video and chooses a sequence of them for a voice. */
@NullMarked
package io.lipdrop.sync.warp.own;

import org.jspecify.annotations.NullMarked;
