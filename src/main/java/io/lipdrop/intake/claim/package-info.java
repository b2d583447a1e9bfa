/** A drop is claimed: named, recorded, and moved into {@code work/}. */
@NullMarked
package io.lipdrop.intake.claim;

import org.jspecify.annotations.NullMarked;
