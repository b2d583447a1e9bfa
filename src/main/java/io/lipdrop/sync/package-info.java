/** Lip-sync: the steps from a voice and a video to a lip-synced video. */
@NullMarked
package io.lipdrop.sync;

import org.jspecify.annotations.NullMarked;
