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
    private static final int MOST_SECONDS = 8;
    /** Teeth are waited for no longer than this when the mouth at rest is known. */
    private static final int SECONDS_FOR_TEETH = 3;

    private FirstLook() {}

    static MouthPainter painterFor(RenderPlan plan, Ffmpeg ffmpeg, EngineModels models, Lifeline lifeline) {
        MouthPainter painter = new MouthPainter();
        VideoStream video = plan.video();
        if (video.isStill()) {
            return painter;
        }
        FaceTracker tracker = models.tracker(plan.choice());
        long step = Math.max(1, Math.round(video.rate().value() / LOOKS_PER_SECOND));
        long most = video.rate().framesIn(MOST_SECONDS);
        long enough = video.rate().framesIn(SECONDS_FOR_TEETH);
        try (VideoReader reader = VideoReader.open(ffmpeg, plan.job().video(), plan.info(), 0)) {
            lifeline.cut(reader::close);
            Frame frame = video.newFrame();
            for (long number = 0; number < most && reader.next(frame) != null; number++) {
                lifeline.beat();
                Face face = number % step == 0 ? tracker.follow(frame) : null;
                if (face != null) {
                    painter.study(frame, face, (int) step);
                }
                if (painter.knowsRest() && (painter.knowsTeeth() || number > enough)) {
                    break;
                }
            }
        }
        painter.begin();
        return painter;
    }
}
