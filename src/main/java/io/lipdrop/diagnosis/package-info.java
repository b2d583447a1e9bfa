/** What was thrown below becomes the job's {@link io.lipdrop.job.Failure} or this machine's {@link io.lipdrop.job.MachineUnfit}. */
@NullMarked
package io.lipdrop.diagnosis;

import org.jspecify.annotations.NullMarked;
