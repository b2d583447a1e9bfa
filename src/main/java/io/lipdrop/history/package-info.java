/** Finished batches: what lies in outbox and error, listed fast. */
@NullMarked
package io.lipdrop.history;

import org.jspecify.annotations.NullMarked;
