package io.lipdrop.sync;

import io.lipdrop.media.VideoStream;
import io.lipdrop.onnx.Device;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.voice.MouthTrack;
import io.lipdrop.sync.warp.Cue;
import io.lipdrop.sync.warp.MouthPainter;
import io.lipdrop.sync.warp.MouthScale;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** The engine that is always there: a small network says what the mouth does, the frame's own pixels are moved to it. */
final class WarpEngine implements Engine {
    static final String NAME = "warp";

    private final EngineModels models;
    private final Workplace place;
    private final FirstLook firstLook;
    private final List<String> warnings;

    WarpEngine(EngineModels models, Workplace place, FirstLook firstLook, List<String> warnings) {
        this.models = models;
        this.place = place;
        this.firstLook = firstLook;
        this.warnings = warnings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Device device() {
        Device device = place.device();
        return device.isCpu() ? device : Device.cpu("warp needs no graphics card");
    }

    @Override
    public List<UsedModel> models() throws IOException {
        return List.of(models.used(EngineModels.VOICE));
    }

    @Override
    public List<String> warnings(VideoStream video) {
        return warnings;
    }

    @Override
    public boolean showsOwnMouths() {
        return true;
    }

    @Override
    public String key() {
        return NAME + " with own mouths";
    }

    @Override
    public int framesInside(VideoStream video) {
        return 0;
    }

    @Override
    public Drawing start(
            RenderPlan plan, Checkpoint start, Voice voice, Lifeline lifeline, Consumer<Moment> drawn) {
        MouthPainter painter = firstLook.painterFor(plan, lifeline);
        if (start.frames() > 0) {
            painter.resume(start.ownLook());
        }
        MouthTrack mouth = voice.mouth();
        double strength = plan.job().options().mouthStrength();
        MouthScale scale = painter.speakingRange().scale(mouth.peak(), mouth.widths(), strength);
        painter.expect((float) (scale.opening() * mouth.peak() / strength));
        return new WarpDrawing(painter, plan, mouth, scale, drawn);
    }

    @Override
    public void close() {
        place.leave();
    }

    private static final class WarpDrawing implements Drawing {
        /** With less of it than this in a frame the mouth counts as drawn. */
        private static final float LEAST_OWN = 0.5f;

        private final MouthPainter painter;
        private final RenderPlan plan;
        private final MouthTrack mouth;
        private final MouthScale scale;
        private final Consumer<Moment> drawn;

        WarpDrawing(MouthPainter painter, RenderPlan plan, MouthTrack mouth, MouthScale scale, Consumer<Moment> drawn) {
            this.painter = painter;
            this.plan = plan;
            this.mouth = mouth;
            this.scale = scale;
            this.drawn = drawn;
        }

        @Override
        public void draw(Moment moment) {
            Face face = moment.face();
            if (face != null && moment.strength() > 0) {
                painter.paint(moment.frame(), face, cue(moment), moment.counts() ? moment.strength() : 0);
                Mouth shown = painter.ownShare() >= LEAST_OWN ? Mouth.OWN : Mouth.DRAWN;
                drawn.accept(moment.with(shown, painter.ownLook()));
            } else {
                painter.skip();
                drawn.accept(moment);
            }
        }

        private Cue cue(Moment moment) {
            double frameSeconds = plan.rate().secondsOf(1);
            long number = moment.number() % plan.segmentFrames();
            return new Cue(
                    ahead -> scale.of(mouth.at(moment.voiceSeconds() + ahead * frameSeconds)),
                    number,
                    plan.segmentFrames() - number);
        }

        @Override
        public void end() {}
    }
}
