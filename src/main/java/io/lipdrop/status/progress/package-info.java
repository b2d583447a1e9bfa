/** How far the running jobs are, in memory; told to the log, to the metrics and to the events. */
@NullMarked
package io.lipdrop.status.progress;

import org.jspecify.annotations.NullMarked;
