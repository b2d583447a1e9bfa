/** What people can do to batches, jobs and the queue, whichever way they ask. */
@NullMarked
package io.lipdrop.control;

import org.jspecify.annotations.NullMarked;
