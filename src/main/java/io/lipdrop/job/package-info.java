/** The words that all stages share: batch, job, options, failure, and where the folders are. */
@NullMarked
package io.lipdrop.job;

import org.jspecify.annotations.NullMarked;
