/** Lipdrop processes a drop in stages: intake, validation, queue, sync, delivery. Each stage is one package. */
@NullMarked
package io.lipdrop;

import org.jspecify.annotations.NullMarked;
