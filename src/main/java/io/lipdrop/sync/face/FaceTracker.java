package io.lipdrop.sync.face;

import io.lipdrop.media.Frame;
import io.lipdrop.onnx.OnnxModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows one face through one clip, frame by frame in order: the mesh looks where the face was in the frame before, and
 * the detector is asked only at the start, after a scene cut, and when the mesh has lost the face.
 */
public final class FaceTracker {
    /** The mesh gives more than 0.99 on faces and less than 0.001 elsewhere. */
    private static final float LOST = 0.5f;
    /** A face that comes back this soon is the same person's, wherever the choice would fall now. */
    private static final int FRAMES_REMEMBERED = 50;
    /** While there is no face, every so many frames the detector looks closer, for small ones. */
    private static final int FRAMES_BETWEEN_CLOSER_LOOKS = 10;

    private final FaceDetector detector;
    private final FaceMesh mesh;
    private final Choice choice;
    private final SceneCut sceneCut = new SceneCut();
    private final MouthView mouthView = new MouthView();

    private @Nullable Face last;
    private int framesLost;
    private int shot;

    public FaceTracker(OnnxModel detector, OnnxModel mesh, Choice choice) {
        this.detector = new FaceDetector(detector);
        this.mesh = new FaceMesh(mesh);
        this.choice = choice;
    }

    /** The face in the clip's next frame, or null if there is none. */
    public @Nullable Face follow(Frame frame) {
        if (sceneCut.before(frame)) {
            shot++;
            last = null;
            framesLost = 0;
        }
        Face face = null;
        if (last != null && framesLost == 0) {
            face = placed(frame, Square.around(last));
        }
        if (face == null) {
            face = found(frame);
        }
        if (face == null) {
            framesLost++;
        } else {
            framesLost = 0;
            last = face;
            face = face.withScore(Math.min(face.score(), mouthView.visible(frame, face)));
        }
        return face;
    }

    private @Nullable Face placed(Frame frame, Square square) {
        Face face = mesh.place(frame, square, shot);
        return face.score() < LOST || Square.around(face).side() < 8 ? null : face;
    }

    private @Nullable Face found(Frame frame) {
        List<Box> boxes = detector.detect(frame);
        if (boxes.isEmpty() && framesLost % FRAMES_BETWEEN_CLOSER_LOOKS == 0) {
            boxes = detector.detectCloser(frame);
        }
        Box box = last != null && framesLost < FRAMES_REMEMBERED ? nearest(boxes, last) : null;
        if (box == null) {
            box = choice.among(boxes, frame.width());
        }
        if (box == null) {
            return null;
        }
        Face rough = placed(frame, Square.around(box));
        return rough == null ? null : placed(frame, Square.around(rough));
    }

    private static @Nullable Box nearest(List<Box> boxes, Face face) {
        Square was = Square.around(face);
        Box nearest = null;
        float least = was.side() / 2;
        for (Box box : boxes) {
            float away = (float) Math.hypot(box.centerX() - was.centerX(), box.centerY() - was.centerY());
            if (away < least) {
                least = away;
                nearest = box;
            }
        }
        return nearest;
    }
}
