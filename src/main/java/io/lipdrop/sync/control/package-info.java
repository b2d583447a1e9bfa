/** Ends a running job: on a stall, on a failure, or on request. */
@NullMarked
package io.lipdrop.sync.control;

import org.jspecify.annotations.NullMarked;
