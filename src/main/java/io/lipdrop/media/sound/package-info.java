/** Sound tracks are decoded: one voice, at the rate of the networks and as it will be delivered. */
@NullMarked
package io.lipdrop.media.sound;

import org.jspecify.annotations.NullMarked;
