package io.lipdrop.sync.render;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import org.jspecify.annotations.Nullable;

/**
 * A frame on its way, and what is known of it.
 *
 * @param face null where there is none
 * @param strength how far to trust it, 0 (leave the frame as it is) to 1
 * @param number of the frame in the result
 * @param voiceSeconds the moment of the voice that it shows
 * @param counts whether it will be encoded; others are only seen again after a restart
 * @param mouth what became of it so far
 * @param ownLook which of the person's own looks it shows, −1 for none
 */
public record FrameInFlight(
        Frame frame,
        @Nullable Face face,
        float strength,
        long number,
        double voiceSeconds,
        boolean counts,
        MouthResult mouth,
        int ownLook) {

    /** The shot of the face, −1 where there is none. */
    int shot() {
        return face == null ? -1 : face.shot();
    }

    public FrameInFlight with(MouthResult now) {
        return with(now, -1);
    }

    public FrameInFlight with(MouthResult now, int own) {
        return new FrameInFlight(frame, face, strength, number, voiceSeconds, counts, now, own);
    }
}
