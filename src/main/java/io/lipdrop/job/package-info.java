/** The types that all stages share: batch, job, options, failure and outcome. */
@NullMarked
package io.lipdrop.job;

import org.jspecify.annotations.NullMarked;
