/** Keeps jobs in order and gives the next one to a free worker. */
@NullMarked
package io.lipdrop.queue;

import org.jspecify.annotations.NullMarked;
