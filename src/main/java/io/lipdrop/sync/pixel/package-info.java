/** Planes of pixels and how to sample them. */
@NullMarked
package io.lipdrop.sync.pixel;

import org.jspecify.annotations.NullMarked;
