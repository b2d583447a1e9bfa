package io.lipdrop.sync.engine;

import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.onnx.Device;
import io.lipdrop.sync.control.JobControl;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.model.ShippedModels;
import io.lipdrop.sync.model.UsedModel;
import io.lipdrop.sync.render.Checkpoint;
import io.lipdrop.sync.render.Engine;
import io.lipdrop.sync.render.FrameInFlight;
import io.lipdrop.sync.render.MouthResult;
import io.lipdrop.sync.render.RenderPlan;
import io.lipdrop.sync.render.Voice;
import io.lipdrop.sync.voice.MouthTrack;
import io.lipdrop.sync.warp.MouthPainter;
import io.lipdrop.sync.warp.shape.Cue;
import io.lipdrop.sync.warp.shape.MouthScale;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** The engine that is always there: a small network says what the mouth does, the frame's own pixels are moved to it. */
final class WarpEngine implements Engine {
    static final String NAME = "warp";

    private final ShippedModels models;
    private final DeviceSlot slot;
    private final FirstLook firstLook;
    private final List<String> warnings;

    WarpEngine(ShippedModels models, DeviceSlot slot, FirstLook firstLook, List<String> warnings) {
        this.models = models;
        this.slot = slot;
        this.firstLook = firstLook;
        this.warnings = warnings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Device device() {
        Device device = slot.device();
        return device.isCpu() ? device : Device.cpu("warp does not use a GPU");
    }

    @Override
    public List<UsedModel> models() throws IOException {
        return List.of(models.used(ShippedModels.PLAIN_MESH), models.used(ShippedModels.VOICE));
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
            RenderPlan plan, Checkpoint start, Voice voice, JobControl control, Consumer<FrameInFlight> drawn) {
        MouthPainter painter = firstLook.painterFor(plan, control);
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
        slot.leave();
    }

    private static final class WarpDrawing implements Drawing {
        /** With less of it than this in a frame the mouth counts as drawn. */
        private static final float MIN_OWN = 0.5f;

        private final MouthPainter painter;
        private final RenderPlan plan;
        private final MouthTrack mouth;
        private final MouthScale scale;
        private final Consumer<FrameInFlight> drawn;

        WarpDrawing(
                MouthPainter painter,
                RenderPlan plan,
                MouthTrack mouth,
                MouthScale scale,
                Consumer<FrameInFlight> drawn) {
            this.painter = painter;
            this.plan = plan;
            this.mouth = mouth;
            this.scale = scale;
            this.drawn = drawn;
        }

        @Override
        public void draw(FrameInFlight moment) {
            Face face = moment.face();
            if (face != null && moment.strength() > 0) {
                painter.paint(moment.frame(), face, cue(moment), moment.counts() ? moment.strength() : 0);
                MouthResult shown = painter.ownShare() >= MIN_OWN ? MouthResult.OWN : MouthResult.DRAWN;
                drawn.accept(moment.with(shown, painter.ownLook()));
            } else {
                painter.skip();
                drawn.accept(moment);
            }
        }

        private Cue cue(FrameInFlight moment) {
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
