/** Accepts each video of a batch, or says plainly why it never can be lip-synced. */
@NullMarked
package io.lipdrop.validation;

import org.jspecify.annotations.NullMarked;
