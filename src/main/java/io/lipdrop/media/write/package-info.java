/** Encodes frames into segments, and muxes segments and sound into one file. */
@NullMarked
package io.lipdrop.media.write;

import org.jspecify.annotations.NullMarked;
