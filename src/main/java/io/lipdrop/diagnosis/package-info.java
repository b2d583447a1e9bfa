/** Maps exceptions from media and ONNX to a {@link io.lipdrop.job.Failure} of the job or a {@link io.lipdrop.job.MachineUnfit} of this machine. */
@NullMarked
package io.lipdrop.diagnosis;

import org.jspecify.annotations.NullMarked;
