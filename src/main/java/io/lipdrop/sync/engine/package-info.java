/** The engines, and which of them draws a job on which device. */
@NullMarked
package io.lipdrop.sync.engine;

import org.jspecify.annotations.NullMarked;
