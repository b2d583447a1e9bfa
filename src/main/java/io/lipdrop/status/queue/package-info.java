/** What the status asks of the queue. */
@NullMarked
package io.lipdrop.status.queue;

import org.jspecify.annotations.NullMarked;
