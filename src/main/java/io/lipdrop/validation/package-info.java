/** Checks each video of a batch: accepts it, or reports why it cannot be lip-synced. */
@NullMarked
package io.lipdrop.validation;

import org.jspecify.annotations.NullMarked;
