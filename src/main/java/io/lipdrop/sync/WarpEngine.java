package io.lipdrop.sync;

import io.lipdrop.media.Ffmpeg;
import io.lipdrop.media.VideoStream;
import io.lipdrop.onnx.Device;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.voice.MouthTrack;
import io.lipdrop.sync.warp.MouthPainter;
import io.lipdrop.sync.warp.MouthScale;
import io.lipdrop.sync.warp.MouthShape;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** The engine that is always there: a small network says what the mouth does, the frame's own pixels are moved to it. */
final class WarpEngine implements Engine {
    static final String NAME = "warp";

    private final EngineModels models;
    private final Workplace place;
    private final Ffmpeg ffmpeg;
    private final List<String> warnings;

    WarpEngine(EngineModels models, Workplace place, Ffmpeg ffmpeg, List<String> warnings) {
        this.models = models;
        this.place = place;
        this.ffmpeg = ffmpeg;
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
    public List<Sidecar.Model> models() throws IOException {
        return List.of(models.used(EngineModels.VOICE));
    }

    @Override
    public List<String> warnings(VideoStream video) {
        return warnings;
    }

    @Override
    public String key() {
        return NAME;
    }

    @Override
    public int framesInside(VideoStream video) {
        return 0;
    }

    @Override
    public Drawing start(RenderPlan plan, BatchVoice.Voice voice, Lifeline lifeline, Consumer<Moment> drawn) {
        MouthPainter painter = FirstLook.painterFor(plan, ffmpeg, models, lifeline);
        MouthTrack mouth = voice.mouth();
        MouthScale scale = painter.ownRange()
                .scale(mouth.peak(), mouth.widths(), plan.job().options().mouthStrength());
        return new WarpDrawing(painter, mouth, scale, drawn);
    }

    @Override
    public void close() {
        place.leave();
    }

    private static final class WarpDrawing implements Drawing {
        private final MouthPainter painter;
        private final MouthTrack mouth;
        private final MouthScale scale;
        private final Consumer<Moment> drawn;

        WarpDrawing(MouthPainter painter, MouthTrack mouth, MouthScale scale, Consumer<Moment> drawn) {
            this.painter = painter;
            this.mouth = mouth;
            this.scale = scale;
            this.drawn = drawn;
        }

        @Override
        public void draw(Moment moment) {
            Face face = moment.face();
            if (face != null && moment.strength() > 0) {
                MouthShape shape = scale.of(mouth.at(moment.voiceSeconds()));
                painter.paint(moment.frame(), face, shape, moment.counts() ? moment.strength() : 0);
                drawn.accept(moment.with(Mouth.DRAWN));
            } else {
                drawn.accept(moment);
            }
        }

        @Override
        public void end() {}
    }
}
