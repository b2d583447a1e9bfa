/** Captures a person's mouth from frames: at rest, and inside. */
@NullMarked
package io.lipdrop.sync.warp.person;

import org.jspecify.annotations.NullMarked;
