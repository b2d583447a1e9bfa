/** Parses a manifest into a {@link io.lipdrop.job.Manifest}, or into an error message with line and key. */
@NullMarked
package io.lipdrop.intake.manifest;

import org.jspecify.annotations.NullMarked;
