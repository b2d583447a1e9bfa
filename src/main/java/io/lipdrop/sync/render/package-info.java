/** The frame pipeline of one job: read, track, draw, encode in segments. */
@NullMarked
package io.lipdrop.sync.render;

import org.jspecify.annotations.NullMarked;
