/** Moves a finished video to the outbox, or a failed one with its report to the error folder. */
@NullMarked
package io.lipdrop.delivery;

import org.jspecify.annotations.NullMarked;
