/** Lipdrop processes a drop in stages: intake, validation, queue, sync, delivery. Each stage is a package; what all share lies in {@code job}, {@code stage}, {@code home} and {@code diagnosis}, what can be seen in {@code status}. */
@NullMarked
package io.lipdrop;

import org.jspecify.annotations.NullMarked;
