package io.lipdrop.sync;

import io.lipdrop.media.Frame;
import io.lipdrop.sync.face.Face;
import org.jspecify.annotations.Nullable;

/**
 * A frame on its way, and what is known of it.
 *
 * @param face null where there is none
 * @param strength how far to trust it, 0 (leave the frame as it is) to 1
 * @param voiceSeconds the moment of the voice that it shows
 * @param counts whether it will be encoded; others are only seen again after a restart
 * @param mouth what became of it so far
 */
record Moment(Frame frame, @Nullable Face face, float strength, double voiceSeconds, boolean counts, Mouth mouth) {

    Moment with(Mouth now) {
        return new Moment(frame, face, strength, voiceSeconds, counts, now);
    }
}
