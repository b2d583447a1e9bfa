/** Decodes sound tracks: one voice, at the sample rate of the networks and as it is delivered. */
@NullMarked
package io.lipdrop.media.sound;

import org.jspecify.annotations.NullMarked;
