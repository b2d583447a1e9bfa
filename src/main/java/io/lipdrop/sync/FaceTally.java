package io.lipdrop.sync;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.stage.FacePresence.Faces;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceTracker;
import io.lipdrop.sync.face.Landmarks;

/** Counts faces in single frames of a video: how many, how small, how far turned. */
final class FaceTally {
    private FaceTracker tracker;
    private int frames;
    private int withFace;
    private double smallest = Double.POSITIVE_INFINITY;
    private double turn;

    FaceTally(FaceTracker tracker) {
        this.tracker = tracker;
    }

    /** The frames that follow are another sequence. */
    void beginAgain(FaceTracker other) {
        tracker = other;
    }

    /** Looks at a frame; whether it shows a face. */
    boolean see(Frame frame) {
        Face face = tracker.follow(frame);
        frames++;
        if (face == null) {
            return false;
        }
        withFace++;
        smallest = Math.min(smallest, height(face));
        turn = Math.max(turn, Math.abs(Math.toDegrees(face.yaw())));
        return true;
    }

    int frames() {
        return frames;
    }

    boolean hasFace() {
        return withFace > 0;
    }

    Faces faces(boolean isRuledOut) {
        return hasFace()
                ? new Faces(frames, withFace, (int) Math.round(smallest), (int) Math.round(turn), isRuledOut)
                : new Faces(frames, 0, null, null, isRuledOut);
    }

    private static double height(Face face) {
        return Math.hypot(
                face.x(Landmarks.CHIN) - face.x(Landmarks.FOREHEAD),
                face.y(Landmarks.CHIN) - face.y(Landmarks.FOREHEAD));
    }
}
