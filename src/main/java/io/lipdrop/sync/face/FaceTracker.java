package io.lipdrop.sync.face;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.onnx.OnnxModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows one face through one clip, frame by frame in order: the mesh looks where the face was in the frame before, and
 * the detector is asked only at the start, after a scene cut, and when the mesh has lost the face. The head may be turned in the
 * picture by any angle; where the picture stands on its head, so does the mesh.
 */
public final class FaceTracker {
    /** The mesh gives more than 0.99 on faces and less than 0.001 elsewhere. */
    private static final float LOST = 0.5f;
    /** A face that comes back this soon is the same person's, wherever the choice would fall now. */
    private static final int FRAMES_REMEMBERED = 50;
    /** While there is no face, the detector looks closer, for small faces, once in this many frames. */
    private static final int FRAMES_BETWEEN_CLOSER_LOOKS = 10;

    /**
     * What {@link FaceDetector#certainty} gives on faces that are seen the right way up: 2.5 to 3.8 on 43 looks at some 20 people, and
     * −0.1 to 1.9 with the mesh the wrong way up.
     */
    private static final float CERTAIN = 2.2f;

    private static final float DOUBTFUL = 2.0f;
    private static final float CLEARLY_BETTER = 0.8f;

    private static final int MAX_PLACINGS = 6;
    /** Faces in a smaller square are specks, pixels. */
    private static final float MIN_SIDE = 8;

    /** Radians. */
    private static final float SETTLED = 0.1f;

    private final FaceDetector detector;
    private final FaceMesh mesh;
    private final FaceChoice choice;
    private final SceneCut sceneCut = new SceneCut();
    private final FamiliarFaces familiarFaces = new FamiliarFaces();
    private final MouthView mouthView = new MouthView();

    private @Nullable Face last;
    private int framesLost;

    /**
     * Follows the face of one clip from its first frame on.
     *
     * @param detector see {@link FaceDetector}
     * @param mesh see {@link FaceMesh}
     * @param plainMesh another one, which only measures mouths
     * @param choice which of several faces is followed
     */
    public FaceTracker(OnnxModel detector, OnnxModel mesh, OnnxModel plainMesh, FaceChoice choice) {
        this.detector = new FaceDetector(detector);
        this.mesh = new FaceMesh(mesh, plainMesh);
        this.choice = choice;
    }

    /**
     * Continues where another tracker of the clip ended.
     *
     * @param lastShot the {@link Face#shot} of the last face
     */
    public void resume(int lastShot) {
        familiarFaces.resume(lastShot);
    }

    /** The face in the clip's next frame, or null if there is none. */
    public @Nullable Face follow(Frame frame) {
        if (sceneCut.before(frame)) {
            familiarFaces.cut();
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
            face = face.inShot(familiarFaces.shotOf(frame, face));
            last = face;
            face = face.withScore(Math.min(face.score(), mouthView.visible(frame, face)));
        }
        return face;
    }

    /** Measures the mouth of a face in its frame with more care than {@link #follow} has time for. */
    public MouthSize measure(Frame frame, Face face) {
        return mesh.size(frame, Square.around(face));
    }

    private @Nullable Face placed(Frame frame, Square square) {
        Face face = mesh.place(frame, square);
        return face.score() < LOST || Square.around(face).side() < MIN_SIDE ? null : face;
    }

    private @Nullable Face found(Frame frame) {
        boolean looksCloser = framesLost % FRAMES_BETWEEN_CLOSER_LOOKS == 0;
        List<Box> boxes = detector.detect(frame);
        if (boxes.isEmpty() && looksCloser) {
            boxes = detector.detectCloser(frame);
        }
        Face face = among(boxes, frame);
        float certainty = face == null ? Float.NEGATIVE_INFINITY : certainty(frame, face);
        if (certainty >= CERTAIN || (face == null && !looksCloser)) {
            return face;
        }
        // The detector takes some faces that are upside down for upright ones, with the mouth on the forehead.
        Face best = face;
        float most = Math.max(DOUBTFUL, certainty + CLEARLY_BETTER);
        Square reversed = face == null ? null : Square.around(face).reversed();
        for (Face other : new @Nullable Face[] {
            reversed == null ? null : settled(frame, reversed), among(detector.detectUpsideDown(frame), frame)
        }) {
            float otherCertainty = other == null ? Float.NEGATIVE_INFINITY : certainty(frame, other);
            if (otherCertainty > most) {
                best = other;
                most = otherCertainty;
            }
        }
        return best;
    }

    private @Nullable Face among(List<Box> boxes, Frame frame) {
        Box box = last != null && framesLost < FRAMES_REMEMBERED ? nearest(boxes, last) : null;
        if (box == null) {
            box = choice.among(boxes, frame.width());
        }
        return box == null ? null : settled(frame, Square.around(box));
    }

    /** The mesh turns towards a face that is turned further than the detector says, a part of the way each time. */
    private @Nullable Face settled(Frame frame, Square square) {
        Face face = placed(frame, square);
        float turned = (float) Math.PI;
        for (int i = 1; face != null && i < MAX_PLACINGS && (i == 1 || turned > SETTLED); i++) {
            float roll = face.roll();
            face = placed(frame, Square.around(face));
            turned = face == null ? 0 : (float) Math.abs(Math.IEEEremainder(face.roll() - roll, 2 * Math.PI));
        }
        return face;
    }

    private float certainty(Frame frame, Face face) {
        return detector.certainty(frame, Square.around(face).times(FaceDetector.SURROUNDINGS));
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
