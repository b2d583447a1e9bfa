/** A manifest's text becomes a {@link io.lipdrop.job.Manifest}, or a message with line and key. */
@NullMarked
package io.lipdrop.intake.manifest;

import org.jspecify.annotations.NullMarked;
