/** Planes of pixels and how they are sampled. */
@NullMarked
package io.lipdrop.sync.pixel;

import org.jspecify.annotations.NullMarked;
