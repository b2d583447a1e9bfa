/** A finished file to the outbox, or the drop and the reason to error. */
@NullMarked
package io.lipdrop.delivery;

import org.jspecify.annotations.NullMarked;
