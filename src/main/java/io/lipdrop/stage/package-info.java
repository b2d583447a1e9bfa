/** The interfaces between stages, and how they wait and try, so that no stage imports another. */
@NullMarked
package io.lipdrop.stage;

import org.jspecify.annotations.NullMarked;
