/** Video frames and their properties. */
@NullMarked
package io.lipdrop.media.frame;

import org.jspecify.annotations.NullMarked;
