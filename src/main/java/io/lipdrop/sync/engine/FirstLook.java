package io.lipdrop.sync.engine;

import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.media.video.VideoReader;
import io.lipdrop.sync.control.JobControl;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceTracker;
import io.lipdrop.sync.model.ShippedModels;
import io.lipdrop.sync.render.RenderPlan;
import io.lipdrop.sync.warp.MouthPainter;
import io.lipdrop.sync.warp.own.MouthBank;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Shows the painter the video before it paints the first frame: the beginning, so that it knows the person's mouth at rest and their
 * teeth, and then more of it, to gather the mouths that they make. After a restart it sees the same frames again and paints on alike.
 */
@Component
class FirstLook {
    private static final double LOOKS_PER_SECOND = 12.5;
    /** Eight seconds. */
    private static final int MAX_LOOKS = 100;
    /** After that, one in this many looks is enough. */
    private static final int LATER_LOOKS = 2;
    /** Mouths are gathered from about as many seconds as will be rendered, in these steps: other voices have similar lengths. */
    private static final int[] SECONDS = {20, 45, 90};

    private final Ffmpeg ffmpeg;
    private final ShippedModels models;
    private final KeptMouths kept;

    FirstLook(Ffmpeg ffmpeg, ShippedModels models, KeptMouths kept) {
        this.ffmpeg = ffmpeg;
        this.models = models;
        this.kept = kept;
    }

    MouthPainter painterFor(RenderPlan plan, JobControl control) {
        MouthPainter painter = new MouthPainter();
        if (plan.video().isStill()) {
            return painter;
        }
        if (plan.job().options().ownMouths()) {
            painter.show(mouths(plan, painter, control), plan.rate().value());
        } else {
            look(plan, painter, null, MAX_LOOKS, control);
        }
        painter.begin();
        return painter;
    }

    /** The person's mouths, gathered now or kept, while the painter sees the beginning all the same. */
    private MouthBank mouths(RenderPlan plan, MouthPainter painter, JobControl control) {
        int seconds = secondsFor(plan);
        String name = nameFor(plan, seconds);
        Optional<MouthBank> known = kept.find(name);
        if (known.isPresent()) {
            look(plan, painter, null, MAX_LOOKS, control);
            return known.get();
        }
        MouthBank bank = new MouthBank();
        int looks = (int) (seconds * Math.min(LOOKS_PER_SECOND, plan.rate().value()));
        look(plan, painter, bank, looks, control);
        bank.close();
        kept.keep(name, bank);
        return bank;
    }

    private static int secondsFor(RenderPlan plan) {
        double rendered = plan.rate().secondsOf(plan.frames());
        int step = 0;
        while (step < SECONDS.length - 1 && SECONDS[step] < rendered) {
            step++;
        }
        return SECONDS[step];
    }

    /** Of a video that ends before that, longer looks show the same; not every file says how long it is. */
    private static String nameFor(RenderPlan plan, int seconds) {
        long said = plan.film().info().duration().toSeconds();
        long shown = said > 0 ? Math.min(seconds, said + 1) : seconds;
        return "%s-%s-%d".formatted(plan.videoSha256(), plan.choice(), shown);
    }

    /** Looks until the painter knows what it needs or the eight seconds are over, and, where there is a bank to fill, for longer. */
    private void look(
            RenderPlan plan, MouthPainter painter, @Nullable MouthBank bank, int mostLooks, JobControl control) {
        VideoStream video = plan.video();
        FaceTracker tracker = models.tracker(plan.choice());
        int framesALook = (int) Math.max(1, Math.round(video.rate().value() / LOOKS_PER_SECOND));
        boolean studies = true;
        try (VideoReader reader =
                VideoReader.openLooks(ffmpeg, plan.film().file(), plan.film().info(), LOOKS_PER_SECOND)) {
            control.cut(reader::close);
            Frame frame = video.newFrame();
            for (int looks = 0; looks < mostLooks && reader.next(frame) != null; looks++) {
                control.beatOrEnd();
                if (looks >= MAX_LOOKS && looks % LATER_LOOKS != 0) {
                    continue;
                }
                Face face = tracker.follow(frame);
                if (face == null) {
                    continue;
                }
                studies = studies && looks < MAX_LOOKS && !knowsAll(painter);
                if (studies) {
                    painter.study(frame, face, framesALook);
                }
                if (bank != null) {
                    bank.look(frame, face, () -> tracker.measure(frame, face));
                } else if (!studies) {
                    break;
                }
            }
        }
    }

    private static boolean knowsAll(MouthPainter painter) {
        return painter.knowsRest()
                && painter.knowsTeeth()
                && painter.speakingRange().isKnown();
    }
}
