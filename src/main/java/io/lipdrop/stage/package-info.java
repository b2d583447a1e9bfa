/** The interfaces between stages, so that no stage imports another. */
@NullMarked
package io.lipdrop.stage;

import org.jspecify.annotations.NullMarked;
