package io.lipdrop.sync;

import io.lipdrop.media.Ffmpeg;
import io.lipdrop.media.Frame;
import io.lipdrop.media.VideoReader;
import io.lipdrop.media.VideoStream;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceTracker;
import io.lipdrop.sync.warp.MouthPainter;

/**
 * Shows the painter the beginning of the video, so that it knows the person's mouth at rest and their teeth before it paints the
 * first frame. After a restart it sees the same frames again and paints on alike.
 */
final class FirstLook {
    private static final double LOOKS_PER_SECOND = 12.5;
    /** Eight seconds. */
    private static final int MOST_LOOKS = 100;
    /** When the mouth at rest is known, teeth that are seen well are waited for with fewer looks. */
    private static final int LOOKS_A_LOOK_FOR_TEETH = 3;

    private FirstLook() {}

    static MouthPainter painterFor(RenderPlan plan, Ffmpeg ffmpeg, EngineModels models, Lifeline lifeline) {
        MouthPainter painter = new MouthPainter();
        VideoStream video = plan.video();
        if (video.isStill()) {
            return painter;
        }
        FaceTracker tracker = models.tracker(plan.choice());
        int framesALook = (int) Math.max(1, Math.round(video.rate().value() / LOOKS_PER_SECOND));
        try (VideoReader reader =
                VideoReader.openLooks(ffmpeg, plan.film().file(), plan.film().info(), LOOKS_PER_SECOND)) {
            lifeline.cut(reader::close);
            Frame frame = video.newFrame();
            for (int looks = 0; looks < MOST_LOOKS && reader.next(frame) != null; looks++) {
                lifeline.beat();
                int step = painter.knowsRest() ? LOOKS_A_LOOK_FOR_TEETH : 1;
                if (looks % step != 0) {
                    continue;
                }
                Face face = tracker.follow(frame);
                if (face != null) {
                    painter.study(frame, face, step * framesALook);
                }
                if (painter.knowsRest()
                        && painter.knowsTeeth()
                        && painter.ownRange().isKnown()) {
                    break;
                }
            }
        }
        painter.begin();
        return painter;
    }
}
