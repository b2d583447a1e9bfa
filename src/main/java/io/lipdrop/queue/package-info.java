/** Holds jobs in order until the engine is free. */
@NullMarked
package io.lipdrop.queue;

import org.jspecify.annotations.NullMarked;
