/** Looks at a finished video again: whether its mouth moves as the voice asks. */
@NullMarked
package io.lipdrop.sync.check;

import org.jspecify.annotations.NullMarked;
