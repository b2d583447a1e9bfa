/** A settled drop in the inbox becomes a batch that is ours. */
@NullMarked
package io.lipdrop.intake;

import org.jspecify.annotations.NullMarked;
