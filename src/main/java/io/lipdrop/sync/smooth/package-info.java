/** Steadies the faces that were tracked through a clip. */
@NullMarked
package io.lipdrop.sync.smooth;

import org.jspecify.annotations.NullMarked;
