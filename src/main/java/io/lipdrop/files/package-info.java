/** Atomic file writes, and moves that work across file systems. */
@NullMarked
package io.lipdrop.files;

import org.jspecify.annotations.NullMarked;
