/** Chooses the engine and the device for a job. */
@NullMarked
package io.lipdrop.sync.engine;

import org.jspecify.annotations.NullMarked;
