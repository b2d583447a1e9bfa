/** A running job can be ended: by a stall, by a failure, by whoever asks. */
@NullMarked
package io.lipdrop.sync.control;

import org.jspecify.annotations.NullMarked;
