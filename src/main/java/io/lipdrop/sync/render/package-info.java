/** Frames go through one job: read, tracked, drawn by an engine, encoded in segments. */
@NullMarked
package io.lipdrop.sync.render;

import org.jspecify.annotations.NullMarked;
