package io.lipdrop.sync.warp;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceChoice;
import io.lipdrop.sync.face.FaceTracker;
import io.lipdrop.sync.face.Models;
import io.lipdrop.sync.face.Pictures;
import io.lipdrop.sync.voice.MouthShape;
import io.lipdrop.sync.warp.own.MouthBank;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A person who talks: the astronaut, made to by the painter. */
public final class Talker {
    public static final int SIDE = 640;

    private Talker() {}

    /** The portrait, smiling. */
    public static Frame portrait() {
        BufferedImage image = Pictures.blank(SIDE, SIDE, 90);
        Pictures.draw(image, Pictures.astronaut(), SIDE / 2.0, SIDE / 2.0, 1.25, 0);
        return Pictures.frame(image);
    }

    public static Face faceIn(Frame frame) {
        return Objects.requireNonNull(Models.tracker(FaceChoice.LARGEST).follow(frame));
    }

    /** The portrait with her mouth open by so much. */
    public static Frame saying(float opening) {
        Frame frame = portrait();
        new MouthPainter().paint(frame, faceIn(frame), new MouthShape(opening, 0, 0, 0, 0), 1);
        return frame;
    }

    /** Frames in which she opens and shuts her mouth, up to so far. */
    public static List<Frame> talking(int frames, float most) {
        List<Frame> talk = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            talk.add(saying(most * (float) (0.5 - 0.5 * Math.cos(i * 0.7))));
        }
        return talk;
    }

    /** The mouths of these frames. */
    public static MouthBank bank(List<Frame> frames) {
        FaceTracker tracker = Models.tracker(FaceChoice.LARGEST);
        MouthBank bank = new MouthBank();
        for (Frame frame : frames) {
            Face face = Objects.requireNonNull(tracker.follow(frame));
            bank.look(frame, face, () -> tracker.measure(frame, face));
        }
        bank.close();
        return bank;
    }
}
