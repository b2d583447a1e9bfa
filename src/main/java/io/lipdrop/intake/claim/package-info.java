/** Claims a drop: gives it a name, records it, and moves its files to {@code work/}. */
@NullMarked
package io.lipdrop.intake.claim;

import org.jspecify.annotations.NullMarked;
