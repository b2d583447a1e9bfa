/** What can be seen: batches, jobs, and how far they are. */
@NullMarked
package io.lipdrop.status;

import org.jspecify.annotations.NullMarked;
