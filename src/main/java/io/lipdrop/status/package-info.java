/** Status of batches and jobs. */
@NullMarked
package io.lipdrop.status;

import org.jspecify.annotations.NullMarked;
